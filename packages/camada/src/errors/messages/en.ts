/**
 * Every sentence the library says, in English, by code. `{x}` stands for a piece of the error's data.
 * The compiler fills in the very same sentences (shape/types.ts), so they stay literal types.
 */
export const en = {
  // pieces of sentences
  "remedy.none": "",
  "remedy.transposeSecond": " Transpose the second array: use .T",

  // products
  "dot.sizes": "{op}: the inner sizes differ, {a} against {b}, in {left} x {right}.{remedy}",
  "dot.axes":
    "{op}: the axes do not match, whatever their sizes: it would multiply '{a}' by '{b}', in {left} x {right}.{remedy}",

  // broadcasting
  "broadcast.sizes":
    "{op}: the shapes do not broadcast, {a} meets {b}, in {left} and {right}. From the right, sizes must be equal or 1",
  "broadcast.axes": "{op}: the axes do not match: '{a}' meets '{b}', in {left} and {right}",

  // axes and names
  "axis.missing": "{op}: there is no axis {axis} in {array}",
  "axis.repeated": "{op}: the axis {axis} is given twice",
  "names.count": "{op}: {array} has {ndim} axes, names given: {count}",
  "names.repeated": "{op}: two axes cannot both be named '{name}'",
  "names.empty": "{op}: an axis name must be a text that is not empty",

  // shapes
  "shape.size": "{op}: a size must be a whole number that is not negative, not {size}",
  "shape.overflow": "{op}: the shape {shape} has too many values: at most {limit} fit in one array",
  "shape.values": "{op}: {left} has {count} values, but {right} needs {needed}",

  // making arrays
  "array.ragged": "array: the first row has {expected} values, another has {found}",
  "array.value": "array: only numbers, or rows of numbers",
  "dtype.unknown": "{op}: there is no dtype '{dtype}'. There are: {known}",

  // indexing
  "index.range": "{op}: the index {index} is outside axis {axis}, which has {size} values",
  "index.integer": "{op}: an index must be a whole number, not {index}",
  "index.count": "{op}: {array} has {ndim} axes, indices given: {count}",
} as const;
