/**
 * Every sentence the library says, in English, by code. `{x}` stands for a piece of the error's data.
 * The compiler fills in the very same sentences (shape/types.ts), so they stay literal types.
 */
export const en = {
  // pieces of sentences
  "remedy.none": "",
  "count.none": "none",
  "remedy.transposeSecond": " Transpose the second array: use .T",

  // products
  "dot.sizes": "{op}: the inner sizes differ, {a} against {b}, in {left} x {right}.{remedy}",
  "dot.axes":
    "{op}: the axes do not match, whatever their sizes: it would multiply '{a}' by '{b}', in {left} x {right}.{remedy}",

  "dot.scalar": "{op}: a single value has no axis to sum over, in {left} x {right}. Use multiply",

  // broadcasting
  "broadcast.sizes":
    "{op}: the shapes do not broadcast, {a} meets {b}, in {left} and {right}. From the right, sizes must be equal or 1",
  "broadcast.axes": "{op}: the axes do not match: '{a}' meets '{b}', in {left} and {right}",

  // axes and names
  "axis.missing": "{op}: there is no axis {axis} in {array}",
  "axis.repeated": "{op}: the axis {axis} is given twice",
  "names.count": "{op}: {array} has {ndim} axes, names given: {count}",
  "names.repeated":
    "{op}: two axes cannot both be named '{name}'. Give one of them another name first: .rename(...)",
  "names.empty": "{op}: an axis name must be a text that is not empty",

  // shapes
  "shape.list": "{op}: a shape is a list of sizes, such as [{shape}], not {shape}",
  "shape.size": "{op}: a size must be a whole number that is not negative, not {size}",
  "shape.overflow": "{op}: the shape {shape} has too many values: at most {limit} fit in one array",
  "shape.values": "{op}: {left} has {count} values, but {right} needs {needed}",

  // making arrays
  "array.ragged": "array: all rows must have as many values: {expected} in the first, {found} in row {row}",
  "array.value":
    "array: only numbers, or rows of numbers. Of a typed array: fromTypedArray(values, shape); of arrays: stack([...])",
  "dtype.unknown": "{op}: there is no dtype '{dtype}'. There are: {known}",
  "dtype.bool": "{op}: not defined for true and false. Make numbers of them first: .astype('int32')",
  "dtype.range": "{op}: {value} does not fit in {dtype}. Use .astype('float64') first",
  "dtype.overflow": "{op}: the result {value} does not fit in int32. Use .astype('float64') first",
  "power.negative":
    "power: a whole number to a negative whole power is not whole. Use .astype('float64') first",

  // reductions
  "reduce.empty": "{op}: there is nothing to take it of: the axis of {array} has no values",

  // joining and splitting
  "concatenate.sizes": "{op}: {left} does not fit {right}: all sizes but the joined one must be equal",
  "concatenate.axes": "{op}: {left} does not fit {right}: the axes have other names",
  "concatenate.none": "{op}: there must be at least one array",
  "stack.sizes": "{op}: {left} does not fit {right}: all sizes must be equal",
  "split.sections": "split: {size} values cannot be split into {sections} equal parts",
  "transpose.count": "transpose: {array} has {ndim} axes, axes given: {count}",
  "squeeze.size": "squeeze: the axis {axis} of {array} does not have exactly one value",
  "takeAlongAxis.sizes":
    "takeAlongAxis: {left} does not fit {right}: all sizes but that of the axis must be equal",
  "windows.size": "slidingWindowView: {array} has no windows of {windows} along these axes",
  "pad.widths": "pad: {array} needs a pair of whole numbers, not negative, for each axis",
  "broadcastTo.sizes": "broadcastTo: {left} cannot be repeated to {right}",

  // einsum
  "einsum.subscripts": "einsum: '{subscripts}' is not of the form 'ij,jk->ik'",
  "einsum.operands": "einsum: '{subscripts}' names {expected} arrays, given: {count}",
  "einsum.axes": "einsum: '{subscripts}' names {expected} axes, but {array} has {ndim}",
  "einsum.sizes": "einsum: the axis '{letter}' has {a} values in one array and {b} in another",
  "einsum.names": "einsum: the axes do not match: '{letter}' would be both '{a}' and '{b}'",

  // other arguments
  "value.integer": "{op}: {name} must be a whole number, not {value}",
  "value.positive": "{op}: {name} must be more than 0, not {value}",
  "value.range": "{op}: {value} does not fit in {dtype}. Choose another dtype, such as float64",
  "value.zero": "{op}: {name} cannot be 0",

  // indexing
  "index.range": "{op}: the index {index} is outside axis {axis}, which has {size} values",
  "index.integer": "{op}: an index must be a whole number, not {index}",
  "index.count": "{op}: {array} has {ndim} axes, indices given: {count}",
  "index.dtype": "{op}: indices must be whole numbers, not {dtype}. Use .astype('int32')",
  "index.scalar": "a single value has no rows to go through. Use .at()",

  // tracing
  "trace.values":
    "{op}: while a function is traced its arrays have no values yet. Use operations on whole arrays, such as multiply(x, 2) or where(condition, x, y), or take the values after the function has run",

  // printing
  "print.option": "setPrintOptions: there is no option '{option}'. There are: {known}",
  "print.value": "setPrintOptions: {option} cannot be {value}",

  // random streams
  "random.seed": "{op}: a seed must be a whole number from 0 to {max} or a list of such numbers, not {seed}",
  "random.seedLarge":
    "{op}: a seed must be a whole number that is not negative, or a list of such numbers, not {seed}. Write those above 2^53 with an n at the end",
  "random.bounds": "{op}: low must be less than high, but {low} is not less than {high}",
  "random.span": "{op}: the whole numbers from {low} to {high} are more than fit in 53 bits",
  "random.infinite": "{op}: {name} must be a finite number, not {value}",
  "random.negative": "{op}: {name} must not be negative, not {value}",
  "random.scalar": "{op}: a single value has no rows to put in another order",
  "random.empty": "{op}: there is nothing to choose from",
  "random.axes":
    "{op}: only from an array of one axis, but {array} has {ndim}. Use random.defaultRng(seed).choice",
  "random.population":
    "{op}: {count} different ones cannot be chosen out of {size}. Let them repeat with replace: true",
  "random.weights": "{op}: {size} to choose from, but {count} probabilities",
  "random.weight": "{op}: a probability must be a number that is not negative, not {value}",
  "random.weightSum": "{op}: the probabilities must add up to 1, not {sum}. Divide them by their sum",
  "random.weightFew": "{op}: {count} different ones cannot be chosen: only {size} have a probability above 0",
  "random.state": "setState: this is not a state that {generator} had",
} as const;
