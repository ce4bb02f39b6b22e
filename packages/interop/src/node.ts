export { fromFile, toFile } from "./files.js";
export { type Digits, loadMnist, type Mnist } from "./mnist.js";
