/** What can be wrong with an ONNX file, or with a model that becomes one, in English. */
export const en = {
  "onnx.bytes": "readOnnx: takes the bytes of a file, as a Uint8Array",
  "onnx.large":
    "readOnnx: the file has {found} bytes, more than {most}. Allow more with maxBytes if you trust it",
  "onnx.damaged":
    "readOnnx: the bytes are no ONNX file: that shows at byte {at}. The file is damaged or another one: get it again",
  "onnx.parts":
    "readOnnx: the file is made of more than {most} parts. Allow more with maxParts if you trust it; weights written as raw data count as one",
  "onnx.graph":
    "readOnnx: the file has no graph. Look whether it is a model: a single tensor has none either",
  "onnx.functions":
    "readOnnx: the file has {count} functions of its own, which camada does not read. Inline them first, with onnx.inliner say",
  "onnx.training":
    "readOnnx: the file says how it is trained, in a graph of its own, which camada does not read. Export it for inference",
  "onnx.sparse":
    "readOnnx: the file has sparse constants, which camada does not read. Write them as whole ones",
  "onnx.domainTwice":
    "readOnnx: the version of the operators of '{domain}' is there twice. The file is wrong: make it again",
  "onnx.version":
    "readOnnx: the file is written for version {version} of the operators of {domain}; camada knows 1 to {latest}. Convert it, with onnx.version_converter say",
  "onnx.operators":
    "readOnnx: there are operators that camada does not have, here with the places of their nodes: {operators}. Export the model without them",
  "onnx.kind":
    "readOnnx: '{value}' is no tensor but a sequence, a map or the like, which camada does not have. Export the model without it",
  "onnx.nothing": "readOnnx: the graph has no output. The file is wrong: make it again",
  "onnx.twice":
    "readOnnx: the {kind} '{value}' is there twice, or has no name. The file is wrong: make it again",
  "onnx.name":
    "readOnnx: node {index} ({operator} '{name}') gives '{value}', which there is already. The file is wrong: make it again",
  "onnx.source":
    "readOnnx: node {index} ({operator} '{name}') takes '{value}', which nothing before it gives: it is missing, the nodes are not in order, or they run in a circle. Make the file again",
  "onnx.output": "readOnnx: nothing gives the output '{value}'. The file is wrong: make it again",
  "onnx.inputs":
    "readOnnx: node {index} ({operator} '{name}') has {count} inputs, but takes {expected}. The file is wrong, or for another version of the operator",
  "onnx.outputs":
    "readOnnx: node {index} ({operator} '{name}') has {count} outputs, but gives at least 1 and at most {most}. The file is wrong, or for another version of the operator",
  "onnx.subgraph":
    "readOnnx: node {index} ({operator} '{name}') has a graph within it, or a value from outside, as its attribute '{attribute}', which camada does not read. Export the model without it",
  "onnx.attribute":
    "readOnnx: node {index} ({operator} '{name}') has the attribute '{attribute}', which is not known; known are: {known}. Export the model for a version of the operators that camada knows",
  "onnx.attributeTwice":
    "readOnnx: node {index} ({operator} '{name}') has the attribute '{attribute}' twice. The file is wrong: make it again",
  "onnx.attributeType":
    "readOnnx: the attribute '{attribute}' of node {index} ({operator} '{name}') should be of type {type}, not of the type with the code {found}. The file is wrong: make it again",
  "onnx.attributeMissing":
    "readOnnx: node {index} ({operator} '{name}') lacks the attribute '{attribute}'. The file is wrong: make it again",
  "onnx.choice":
    "readOnnx: the attribute '{attribute}' of node {index} ({operator} '{name}') is '{value}'; known are: {known}. Export the model with one of these",
  "onnx.tensor":
    "readOnnx: the attribute '{attribute}' should hold a tensor, but holds nothing. The file is wrong: make it again",
  "onnx.type":
    "readOnnx: the values of '{where}' are {type}, which camada does not have. Convert them to float, double, int32, int64, uint8 or bool",
  "onnx.dims":
    "readOnnx: the tensor '{tensor}' has the sizes {shape}: negative ones, or more values than an array can hold. The file is damaged: get it again",
  "onnx.size":
    "readOnnx: the tensor '{tensor}' with the sizes {shape} needs {needed} values, but there are {found}. The file is cut off or damaged: get it again",
  "onnx.bytesOf":
    "readOnnx: the tensor '{tensor}' has {found} bytes, which are no whole number of values of {bytes} bytes. The file is cut off or damaged: get it again",
  "onnx.range":
    "readOnnx: the value {value} at {index} in '{tensor}' does not fit the integers of 32 bits that camada has. Export the model with smaller numbers, or floats",
  "onnx.external":
    "readOnnx: the tensor '{tensor}' is in another file, '{location}', which is not opened. Give its bytes: readOnnx(bytes, { externalData: new Map([['{location}', bytes]]) })",
  "onnx.externalRange":
    "readOnnx: the tensor '{tensor}' should be in '{location}' from byte {offset} on, {length} bytes long, but {found} bytes were given. Give the whole file",
  "onnx.input": "run: there is no array for the input '{input}'. Give one of that name",
  "onnx.inputUnknown": "run: the model has no input '{input}', only: {known}. Give these",
  "onnx.inputType": "run: the input '{input}' takes {dtype}, not {found}. Use .astype('{dtype}') first",
  "onnx.inputShape":
    "run: the input '{input}' takes the sizes {shape}, not {found}. Reshape the array, or look at what it should hold",
  "onnx.valueRange":
    "run: '{value}' has {found} at {index}, which {type}, the file's type for it, does not have, or not in 32 bits. Use other numbers, or export the model with floats",
  "onnx.node": "run: node {index} ({operator} '{name}') cannot be computed. {reason}",
  "onnx.missing":
    "run: node {index} ({operator} '{name}') needs its input {input}, which is left out. The file is wrong: make it again",
  "onnx.missingOutput":
    "run: node {index} ({operator} '{name}') gives no output {output} in this mode. The file is wrong, or for training: export it for inference",
  "onnx.values":
    "run: what node {index} ({operator} '{name}') does depends on the values of its input {input}, which a compiled function does not know yet. Close over the array: compile((x) => model.run({ x, shape }))",
  "onnx.setting":
    "run: node {index} ({operator} '{name}') is told what camada cannot do: {setting}. Export the model otherwise",
  "onnx.axis":
    "run: node {index} ({operator} '{name}') names the axis {axis}, which an array with {ndim} axes does not have, or not twice. The file is wrong, or the array has another number of axes than it expects",
  "onnx.overflow":
    "run: node {index} ({operator} '{name}') comes to {value}, which does not fit the integers of 32 bits that camada has. Use smaller numbers, or export the model with floats",
  "onnx.largeResult":
    "run: node {index} ({operator} '{name}') would make an array of the sizes {shape}: more than {most} values, or more than 64 axes. Allow more with maxValues if you trust the file",
  "onnx.layer":
    "writeOnnx: the layer '{layer}' ({kind}) is none that ONNX has an operator for. Write the model as a function, for a batch of one size: writeOnnx(({ input }) => ({ output: model.forward(input) }), { input: batch })",
  "onnx.step":
    "writeOnnx: ONNX has no operator for the step '{step}'. Write a function without it, or a model, which is written for inference",
  "onnx.results":
    "writeOnnx: a function must give arrays by name, { y }, and by other names than it takes. Change the function",
} as const;
