/** What programs may cost that use a little of camada: bundled, minified, compressed. */
const KB = 1024;
export const BUDGETS = [
  {
    name: "arrays alone: array, dot, add, print",
    limit: 15 * KB,
    program: `import { add, array, dot } from "camada";
console.log(String(add(dot(array([[1]]), array([[2]])), 3)));`,
  },
  {
    name: "inference alone: a model of dense layers, asked",
    limit: 88 * KB,
    program: `import { array, dense, input, relu, sequential, softmax } from "camada";
console.log(String(sequential(input(1), dense(2), relu(), softmax()).forward(array([[1]]))));`,
  },
  {
    name: "everything",
    limit: 112 * KB,
    program: `import * as camada from "camada"; console.log(camada);`,
  },
];
