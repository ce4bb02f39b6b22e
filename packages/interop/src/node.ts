export { type Digits, loadMnist, type Mnist } from "./mnist.js";
