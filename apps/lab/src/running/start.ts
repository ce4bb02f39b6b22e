/**
 * Starts a module as a worker under the page's own content security policy. A worker loaded from an address has
 * only the policy that its server sends with it, and a plain static host sends none; one that begins as a blob
 * inherits that of the page. So nothing in it can make code of text, or reach another server.
 */
export function startWorker(address: string, name: string): Worker {
  const module = `import ${JSON.stringify(new URL(address, location.href).href)};`;
  const blob = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const worker = new Worker(blob, { type: "module", name });
  // the address may go only when the worker has read it, and it says so by its first word
  worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
  return worker;
}
