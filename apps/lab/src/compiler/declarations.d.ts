declare module "virtual:declarations" {
  /** Files' texts by their paths. */
  const files: Readonly<Record<string, string>>;
  export default files;
}
