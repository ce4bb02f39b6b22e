/**
 * What is said of data, graphs, networks and training, in English, by code: apart from what is said of arrays,
 * so that arrays alone need not carry it.
 */
export const en = {
  "value.array": "{op}: {name} must be an array, not {found}. Make one of it: array(...)",
  "value.choice": "{op}: {name} must be one of {known}, not {value}",

  "value.share": "{op}: {name} must be a number from 0 to 1, not {value}",

  // data
  "blobs.centers": "blobs: each center must be a pair of numbers, as in [[0, 0], [3, 1]]; given: {array}",
  "labels.whole": "{op}: a label must be a whole number that is not negative, not {value} (label {position})",
  "labels.range":
    "{op}: the label {label} (label {position}) is not among {classes} classes, which count from 0. Give more classes",
  "standardize.axes":
    "standardize: {array} has no features: at least 2 axes are needed, the rows along the first. Use .reshape([-1, 1]) for a single feature",
  "standardize.infinite":
    "standardize: column {column} has a value that is not finite, or too large to be squared. Repair or remove its row first",
  "standardize.columns":
    "standardize: {array} does not have the columns of {expected}, which were standardized",
  "standardize.constant":
    "standardize: what never changes became 0, as a network can learn nothing from it: column {columns}. Leave it out of the data",
  "rows.count": "{op}: {left} and {right} do not have the same number of rows. Each row needs its target",
  "split.size":
    "trainTestSplit: testSize must be a share between 0 and 1, or a number of rows, and leave a row to each part: not {value} of {rows} rows",
  "split.stratify":
    "trainTestSplit: only by whole-number labels, one a row, can rows be stratified, not by {array}. Leave stratify out",
  "split.time":
    "trainTestSplit: order 'time' keeps the rows in order, so {option} cannot be true. Leave one of the two out",

  // metrics
  "metric.shapes":
    "{op}: the labels {left} do not fit the predictions {right}. There must be a label a row, or one-hot rows as wide as the predictions",
  "metric.pairs":
    "{op}: the targets {left} and the predictions {right} must have the same shape. Use .reshape([...]) on one of them",
  "metric.weights": "{op}: the weights {array} must be one for each of {rows} rows",
  "metric.topK": "{op}: {columns} outputs a row are too few to choose from. Use accuracy()",
  "metric.classes": "{op}: labels alone do not tell how many classes there are. Say it: classes: 10",
  "metric.columns":
    "{op}: classes is {classes}, but the predictions have {columns} outputs a row. Leave classes out",
  "metric.outside":
    "{op}: some labels or predictions are not among {classes} classes, which count from 0. Give more classes",
  "metric.binary": "{op}: average 'binary' is for 2 classes, not {classes}. Use average: 'macro'",
  "metric.probabilities":
    "{op}: labels must be 0 or 1 and predictions probabilities, from 0 to 1. Let the network end in a sigmoid",
  "trace.output": "{op}: the function must give back arrays, or lists and objects of them, not {found}",
  "trace.argument": "{op}: an argument must be an array, a number, or a list or object of them, not {found}",
  "trace.leaked":
    "an array that a traced function made was used outside of it, where it has no values. Let the function give it back",
  "backend.thread":
    "a thread that shared the work stopped, and so did this run. Weights are as they were before it. Call again: one thread will do all the work",
  "backend.tier":
    "this engine does not have the instructions of the tier '{tier}'. Leave the tier out to use the best that it has",
  "backend.unknown": "there is no backend '{backend}'. There are: {known}",
  "backend.missing":
    "this engine has no WebAssembly with vectors (SIMD). The backend 'reference' works without it, more slowly",
  "backend.memory":
    "the program needs {megabytes} MB of memory, more than it can have: at most 4096 MB, where the machine has so much. Take smaller batches, or less data at once",
  "backend.refused":
    "the engine refused to compile the program: {reason}. A page's content security policy must allow 'wasm-unsafe-eval'; the backend 'reference' works without it, more slowly",
  "warning.reference":
    "WebAssembly cannot be used here, so the backend 'reference' is, which is many times slower. In a page, the content security policy must allow 'wasm-unsafe-eval'; elsewhere, take an engine that has vectors (SIMD)",
  "warning.threads":
    "one thread does all the work, as this page may not share memory. Serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or set configure({ threads: 1 })",
  "grad.scalar":
    "{op}: the function must give back one number to have a gradient, not an array of {array}. Reduce it first: sum(...) or mean(...)",
  "grad.count": "{op}: the function must give back one number to have a gradient, not {count} results",
  "grad.nothing":
    "{op}: there is no array of floats and no number in argument {argument} to take a gradient by",
  "grad.dtype": "{op}: there is a gradient only to floats, not to {dtype}. Use .astype('float64') first",
  "grad.none":
    "{op}: the function gives {dtype}, which changes only in jumps and has no gradient. Let it give a float",
  "grad.check":
    "checkGrads: argument {argument}, position {position}: the gradient is {gradient}, but finite differences give {difference}. At a kink or a jump they need not agree: use other values there, or another eps",

  // networks
  "remedy.oneObservation": " One observation is a batch of one: use expandDims(x, 0)",
  "layer.axes": "{layer}: takes {expected}, but was given {found}.{remedy}",
  "layer.names":
    "{layer}: takes {expected}, but was given {found}: it would take '{a}' for '{b}'. If it is the right axis, name it so: .rename(...)",
  "layer.features":
    "{layer}: its weights take {expected} features, but {found} come in. Give it weights of shape (neuron, feature {found}), or let the layer before have {expected} neurons",
  "layer.output": "{layer}: its function gave {found}, but {expected} was expected",
  "layer.rank":
    "{layer}: takes images, (row, column, channel), but {found} comes in. Bring it into that form first: reshapeTo([rows, columns, channels])",
  "layer.window":
    "{layer}: its window of {window} does not fit into {found}. Make it smaller, or let padding be 'same'",
  "layer.channels":
    "{layer}: its weights take {expected} channels, but {found} come in. Give it weights of shape (neuron, row, column, channel {found}), or let the layer before have {expected} neurons",
  "layer.indices": "{layer}: takes indices from 0 to {last}, but was given {index}",
  "layer.weights": "{op}: weights have the axes ({axes}), not those of {array}",
  "layer.weightsAxes": "{op}: weights are ({axes}), not {array}. Put the axes in order: use {method}",
  "layer.biases": "{op}: there is one bias for each of the {neurons} neurons, but biases are {array}",
  "activation.unknown": "activation: there is no '{name}'. There are: {known}",
  "network.empty": "sequential: there must be at least one layer",
  "network.input":
    "sequential: it is not known what comes into {layer}. Begin with an input layer: input(784)",
  "network.inputTwice": "sequential: only the first layer can be an input layer",
  "network.indices": "sequential: {layer} takes indices, so it must be the first layer after the input layer",
  "network.names": "sequential: two layers cannot both be named '{name}'",
  "config.form":
    "modelFromConfig: a model is an object with a list of layers, each an object with a kind and a name",
  "config.kind": "{layer}: there is no kind of layer '{kind}' that a file can hold. There are: {known}",
  "config.extra": "{layer}: there is no setting '{name}'. There are: {known}",
  "config.setting": "{layer}: the setting '{name}' is missing, or is not one that a file can hold",
  "weights.unknown": "{op}: there is no weight '{name}'. There are: {known}",
  "weights.missing": "{op}: the weight '{name}' is missing. Give all of the network's weights, or none",
  "weights.shape": "{op}: {name} has the axes {expected}, not {found}",
  "weights.finite":
    "fit: {name} has {value}, which nothing can be learnt from. Set other weights first: initialize(seed)",
  "summary.layer": "layer",
  "summary.output": "output",
  "summary.parameters": "parameters",
  "summary.total": "parameters in all:",
  "callback.monitor":
    "{op}: the epochs' logs will have no '{monitor}', only: {known}. To watch validation, give fit validationSplit or validationData",
  "callback.number": "{op}: '{monitor}' is not one number, so it cannot get better. Watch another value",
  "callback.patience": "{op}: patience must be a number of epochs that is not negative, not {value}",
  "callback.factor": "{op}: a learning rate can be multiplied by a finite number above 0, not by {value}",
  "fit.loss":
    "{op}: it is not said what to make smaller. Give a loss, as in loss: softmaxCrossEntropy(), or a function of the truth and the result",
  "fit.made": "{op}: {name} must be what a function makes, such as {example}, not {found}",
  "fit.metrics":
    "{op}: the logs cannot have two values named '{name}'. Give one another name: { ...metric, name: 'other' }",
  "fit.nothing": "fit: this network has no weights to learn. Give it a layer that has, such as dense(10)",
  "fit.rows": "{op}: every row of x needs its row of y: x is {x}, y is {y}",
  "fit.empty": "{op}: there are no rows",
  "fit.data":
    "{op}: {name} has {value} in row {row}, which is no finite {dtype} number. Take the row out or put a number in its place",
  "fit.eachLoss":
    "{loss}: a loss gives one number for each of the {rows} rows, not an array of {found}. Take the mean over the other axes: mean(..., -1)",
  "fit.seed": "fit: the seed must be a whole number from 0 to {max}, not {seed}",
  "fit.split":
    "fit: validationSplit {value} of {rows} rows leaves none to learn from. Make it smaller, or give validationData",
  "fit.validation": "fit: there can be validationSplit or validationData, not both. Leave one of the two out",
  "fit.weights": "fit: sampleWeight needs one number for each of the {rows} rows, not {found}",
  "fit.weight": "fit: {name} must be a finite number that is not negative, not {value}",
  "fit.classes": "fit: classWeight needs one class for each row, not a y of {y}. Use sampleWeight",
  "fit.class": "fit: classWeight needs classes, whole numbers, but y has {value}. Use sampleWeight",
  "fit.classWeight": "fit: classWeight has no weight for the class {label}. Give every class one",
  "fit.running": "{op}: this model is being trained. Wait for that to end, or stop it",
  "fit.resume":
    "fit: this state is of another network or optimizer: it has {found}; here there are {expected}",
  "fit.state": "fit: this is not a state that a training had: its {name} is {value}",
  "fit.optimizer": "fit: the optimizer {optimizer} must give an array of {shape} for {name}",
  "fit.inRow": ", row {row} of the data",
  "fit.notFinite":
    "fit: training stopped before anything was lost: {operation} in {layer} gave {value}, in epoch {epoch}, batch {batch}{where}. The weights are those of the batch before. A smaller learning rate, scaled inputs or clipByGlobalNorm may help",
  "fit.notFiniteGradient":
    "fit: training stopped before anything was lost: {operation} in the gradient of {layer} gave {value}, in epoch {epoch}, batch {batch}{where}. The weights are those of the batch before. A smaller learning rate, scaled inputs or clipByGlobalNorm may help",
  "fit.notFiniteWeights":
    "fit: training stopped before anything was lost: {operation} in the optimizer gave {value} for {name}, in epoch {epoch}, batch {batch}. The weights are those of the batch before. A smaller learning rate or clipByGlobalNorm may help",
  "fit.notFiniteBackend":
    "fit: training stopped before anything was lost: the backend came to a value that is not finite, in epoch {epoch}, batch {batch}, where the reference does not. The weights are those of the batch before. Use backend: 'reference'",
  "study.none": "batchSizeStudy: there must be at least one value in {name}",
  "study.budget":
    "batchSizeStudy: the budget is a number of epochs or a number of updates: { epochs: 5 } or { updates: 2000 }",
  "study.scale": "batchSizeStudy: scaleLearningRate is false, 'linear' or 'sqrt', not {value}",
  "study.batch": "batch size",
  "study.rate": "learning rate",
  "study.seconds": "seconds an epoch",
  "study.train": "train %",
  "study.test": "test %",
  "study.gap": "gap",
  "study.seeds": "seeds",
  "study.ranAway": "ran away",
  "study.epochs": "Each training is {epochs} epochs: the larger the batches, the fewer the updates.",
  "study.updates":
    "Each training is {updates} updates: the larger the batches, the more often each row is learnt from.",
  "study.rate.same": "The learning rate is the same at every batch size, and need not suit each.",
  "study.rate.linear": "The learning rate grows with the batch size.",
  "study.rate.sqrt": "The learning rate grows with the root of the batch size.",
  "study.incomplete": "The study was ended before all trainings were done.",
  "study.note":
    "Mean ± standard deviation over the seeds, of one network on one data set: a difference not clearly larger than the deviations may be chance.",
  "warning.scale":
    "the inputs go from {low} to {high}: networks learn badly beyond ±10. Scale them first: standardize(x), or a rescaling layer",
  "warning.dead":
    "{layer}: {percent}% of its neurons were active for no row in epoch {epoch}, and will hardly learn again. Try leakyRelu, a smaller learning rate, or heUniform() weights",
  "value.rate": "{op}: {name} must be at least 0 and less than 1, not {value}",

  // settings of what networks are made of
  "number.finite": "{op}: {name} must be a finite number, not {value}",
  "number.positive": "{op}: {name} must be a finite number above 0, not {value}",
  "number.notNegative": "{op}: {name} must be a finite number that is not negative, not {value}",
  "number.fraction": "{op}: {name} must be a number from 0 up to, but without, 1, not {value}",
  "option.unknown": "{op}: there is no option '{option}'. There are: {known}",
  "config.unknown": "{op}: there is no '{name}'. There are: {known}",
  "optimizer.chain":
    "chain: the last must be an optimizer, such as sgd(0.1), and those before it what gradients go through, such as clipByNorm(1)",
  "schedule.count": "{op}: {boundaries} boundaries need one rate more than that, but there are {rates} rates",
  "schedule.order": "{op}: the boundaries must rise, but {boundary} comes after one that is not less",

  // losses
  "loss.shapes":
    "{loss}: the targets {targets} do not fit the result {result}, and nothing is broadcast.{remedy}",
  "remedy.expandTargets": " Give the targets the axis of 1 too: expandDims(targets, -1)",
  "remedy.squeezeTargets": " Take the targets' axis of 1 away: squeeze(targets, -1)",
  "remedy.outputs": " Give the last layer as many neurons as each observation's targets need",
  "remedy.observations": " There must be targets for each observation",
  "loss.oneOutput":
    "{loss}: one output cannot tell classes apart. Use binaryCrossEntropy(), with sigmoid() last, or give the last layer a neuron for each class",
  "loss.finite": "{loss}: the target {value} of observation {row} is not a finite number",
  "loss.label":
    "{loss}: the target {value} of observation {row} is no class: classes are whole numbers from 0 to {last}, one for each neuron of the last layer",
  "loss.fraction": "{loss}: the target {value} of observation {row} must be from 0 to 1",
  "loss.sign":
    "{loss}: the target {value} of observation {row} must be -1 or 1. Make them of 0 and 1: targets.multiply(2).subtract(1)",
  "loss.row":
    "{loss}: the targets of observation {row} add up to {sum}, not to 1. Where several classes may be true at once, use binaryCrossEntropy(), with sigmoid() last",
  "loss.softmaxTwice":
    "{loss}: the model ends with softmax, and this loss applies its own to what it is given. Take the model's away, or use categoricalCrossEntropy()",
  "loss.sigmoidTwice":
    "{loss}: the model ends with sigmoid, and this loss needs the values before it. Take sigmoid away, or use binaryCrossEntropy()",
  "loss.sigmoidForSoftmax":
    "{loss}: the model ends with sigmoid, whose values need not add up to 1. Use softmax(); or, where several classes may be true at once, binaryCrossEntropy()",
  "loss.noSoftmax":
    "{loss}: this loss needs probabilities, and the model ends with values that are none. Put softmax() last, or use softmaxCrossEntropy()",
  "loss.noSigmoid":
    "{loss}: this loss needs probabilities, and the model ends with values that are none. Put sigmoid() last, or use binaryCrossEntropy({ fromLogits: true })",
} as const;
