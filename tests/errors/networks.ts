import {
  activation,
  array,
  batchNorm,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  input,
  type Layer,
  maxPooling2d,
  modelConfig,
  modelFromConfig,
  regularizerOf,
  relu,
  Sequential,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

const weights = zeros([3, 4], ["neuron", "feature"]);
const kernels = zeros([4, 3, 3, 2]);
const digits = new Sequential([input(784), dense(10)]);
const words = new Sequential([input(2), embedding(4, 2)]);
/** A layer of somebody's own, whose function does not give what its plan says. */
const careless: Layer = { ...relu(), kind: "careless", apply: (x) => x.slice(null, [0, 1]) as never };
const begin = { kind: "input", name: "input", shape: [4], dtype: "float32" };

/** Layers, networks and models as plain data. */
export const NETWORKS: readonly Refusal[] = [
  [
    "layer.axes",
    () => digits.forward(zeros([784])),
    "dense1: takes (batch 1, feature 784), but was given (784). One observation is a batch of one: use expandDims(x, 0)",
    "dense1: recebe (batch 1, feature 784), mas lhe foi dado (784). Uma observação é um lote de um: use expandDims(x, 0)",
  ],
  [
    "layer.axes",
    () => digits.forward(zeros([2, 28, 28])),
    "dense1: takes (batch 2, feature 784), but was given (2, 28, 28).",
    "dense1: recebe (batch 2, feature 784), mas lhe foi dado (2, 28, 28).",
  ],
  [
    "layer.axes",
    () => new Sequential([input([]), batchNorm()]),
    "batchNorm1: takes (batch, feature), but was given ().",
    "batchNorm1: recebe (batch, feature), mas lhe foi dado ().",
  ],
  [
    "layer.names",
    () => digits.forward(zeros([2, 784], ["batch", "neuron"])),
    "dense1: takes (batch 2, feature 784), but was given (batch 2, neuron 784): it would take 'neuron' for 'feature'. If it is the right axis, name it so: .rename(...)",
    "dense1: recebe (batch 2, feature 784), mas lhe foi dado (batch 2, neuron 784): tomaria 'neuron' por 'feature'. Se for o eixo certo, dê-lhe esse nome: .rename(...)",
  ],
  [
    "layer.features",
    () => new Sequential([input(5), dense({ weights, name: "hidden" })]),
    "hidden: its weights take 4 features, but 5 come in. Give it weights of shape (neuron, feature 5), or let the layer before have 4 neurons",
    "hidden: seus pesos recebem 4 atributos, mas chegam 5. Dê-lhe pesos de forma (neuron, feature 5), ou deixe a camada anterior com 4 neurônios",
  ],
  [
    "layer.channels",
    () => new Sequential([input([9, 9, 3]), conv2d({ weights: kernels })]),
    "conv2d1: its weights take 2 channels, but 3 come in. Give it weights of shape (neuron, row, column, channel 3), or let the layer before have 2 neurons",
    "conv2d1: seus pesos recebem 2 canais, mas chegam 3. Dê-lhe pesos de forma (neuron, row, column, channel 3), ou deixe a camada anterior com 2 neurônios",
  ],
  [
    "layer.rank",
    () => new Sequential([input([28, 28, 1]), flatten(), maxPooling2d()]),
    "maxPooling2d1: takes images, (row, column, channel), but (feature 784) comes in. Bring it into that form first: reshapeTo([rows, columns, channels])",
    "maxPooling2d1: recebe imagens, (row, column, channel), mas chega (feature 784). Dê-lhe antes essa forma: reshapeTo([linhas, colunas, canais])",
  ],
  [
    "layer.window",
    () => new Sequential([input([5, 9, 2]), conv2d(1, { kernelSize: 3, dilation: [3, 1] })]),
    "conv2d1: its window of (row 7, column 3) does not fit into (row 5, column 9, channel 2). Make it smaller, or let padding be 'same'",
    "conv2d1: sua janela de (row 7, column 3) não cabe em (row 5, column 9, channel 2). Diminua-a, ou use padding: 'same'",
  ],
  [
    "layer.output",
    () => new Sequential([input(3), careless]).forward(zeros([2, 3])),
    "careless1: its function gave (batch 2, feature 1), but (batch 2, feature 3) was expected",
    "careless1: sua função devolveu (batch 2, feature 1), mas se esperava (batch 2, feature 3)",
  ],
  [
    "layer.indices",
    () => words.forward(array([[0, 4]], undefined, { dtype: "int32" })),
    "embedding1: takes indices from 0 to 3, but was given 4",
    "embedding1: recebe índices de 0 a 3, mas lhe foi dado 4",
  ],
  [
    "layer.indices",
    () => words.forward(array([[-1, 0]], undefined, { dtype: "int32" })),
    "embedding1: takes indices from 0 to 3, but was given -1",
    "embedding1: recebe índices de 0 a 3, mas lhe foi dado -1",
  ],
  [
    "index.dtype",
    () => words.forward(array([[0, 1]])),
    "embedding1: indices must be whole numbers, not float64. Use .astype('int32')",
    "embedding1: os índices devem ser números inteiros, e não float64. Use .astype('int32')",
  ],
  [
    "layer.weights",
    () => dense({ weights: zeros([3]) }),
    "dense: weights have the axes (neuron, feature), not those of (3)",
    "dense: os pesos têm os eixos (neuron, feature), e não os de (3)",
  ],
  [
    "layer.weights",
    () => conv2d({ weights: zeros([4, 18]) }),
    "conv2d: weights have the axes (neuron, row, column, channel), not those of (4, 18)",
    "conv2d: os pesos têm os eixos (neuron, row, column, channel), e não os de (4, 18)",
  ],
  [
    "layer.weightsAxes",
    () => dense({ weights: weights.T }),
    "dense: weights are (neuron, feature), not (feature 4, neuron 3). Put the axes in order: use .T",
    "dense: os pesos são (neuron, feature), e não (feature 4, neuron 3). Ponha os eixos em ordem: use .T",
  ],
  [
    "layer.weightsAxes",
    () => conv2d({ weights: zeros([3, 3, 2, 4], ["row", "column", "channel", "neuron"]) }),
    'conv2d: weights are (neuron, row, column, channel), not (row 3, column 3, channel 2, neuron 4). Put the axes in order: use .transpose("neuron", "row", "column", "channel")',
    'conv2d: os pesos são (neuron, row, column, channel), e não (row 3, column 3, channel 2, neuron 4). Ponha os eixos em ordem: use .transpose("neuron", "row", "column", "channel")',
  ],
  [
    "layer.biases",
    () => conv2d({ weights: kernels, biases: zeros([2]) }),
    "conv2d: there is one bias for each of the 4 neurons, but biases are (2)",
    "conv2d: há um viés para cada um dos 4 neurônios, mas os vieses são (2)",
  ],
  [
    "value.positive",
    () => conv2d(0, { kernelSize: 3 }),
    "conv2d: filters must be more than 0, not 0",
    "conv2d: filters deve ser maior que 0, e não 0",
  ],
  [
    "value.integer",
    () => conv2d(4, loose(undefined)),
    "conv2d: kernelSize must be a whole number, not undefined",
    "conv2d: kernelSize deve ser um número inteiro, e não undefined",
  ],
  [
    "value.integer",
    () => conv2d(4, loose({ kernelSize: [3] })),
    "conv2d: kernelSize must be a whole number, not undefined",
    "conv2d: kernelSize deve ser um número inteiro, e não undefined",
  ],
  [
    "value.positive",
    () => maxPooling2d({ strides: [1, 0] }),
    "maxPooling2d: strides must be more than 0, not 0",
    "maxPooling2d: strides deve ser maior que 0, e não 0",
  ],
  [
    "value.integer",
    () => conv2d(4, { kernelSize: 3, dilation: 1.5 }),
    "conv2d: dilation must be a whole number, not 1.5",
    "conv2d: dilation deve ser um número inteiro, e não 1.5",
  ],
  [
    "value.choice",
    () => conv2d(4, { kernelSize: 3, padding: loose("full") }),
    "conv2d: padding must be one of valid, same, not full",
    "conv2d: padding deve ser um destes: valid, same; e não full",
  ],
  [
    "value.rate",
    () => dropout(1),
    "dropout: rate must be at least 0 and less than 1, not 1",
    "dropout: rate deve ser ao menos 0 e menor que 1, e não 1",
  ],
  [
    "activation.unknown",
    () => activation("sine"),
    "activation: there is no 'sine'. There are: elu, gelu, leakyRelu, linear, relu, sigmoid, softmax, softplus, step, tanh",
    "activation: não existe 'sine'. Existem: elu, gelu, leakyRelu, linear, relu, sigmoid, softmax, softplus, step, tanh",
  ],
  [
    "network.empty",
    () => new Sequential([]),
    "sequential: there must be at least one layer",
    "sequential: é preciso ao menos uma camada",
  ],
  [
    "network.input",
    () => new Sequential([conv2d({ weights: kernels })]),
    "sequential: it is not known what comes into conv2d. Begin with an input layer: input(784)",
    "sequential: não se sabe o que chega a conv2d. Comece por uma camada de entrada: input(784)",
  ],
  [
    "network.inputTwice",
    () => new Sequential([input(2), input(2)]),
    "sequential: only the first layer can be an input layer",
    "sequential: somente a primeira camada pode ser de entrada",
  ],
  [
    "network.names",
    () => new Sequential([input(4), dense(2, { name: "a" }), dense(2, { name: "a" })]),
    "sequential: two layers cannot both be named 'a'",
    "sequential: duas camadas não podem se chamar 'a'",
  ],
  [
    "network.indices",
    () => new Sequential([input(2), relu(), embedding(4, 2)]),
    "sequential: embedding1 takes indices, so it must be the first layer after the input layer",
    "sequential: embedding1 recebe índices, então deve ser a primeira camada depois da de entrada",
  ],
  [
    "weights.unknown",
    () => words.setWeights({ "dense1.weights": weights }),
    "setWeights: there is no weight 'dense1.weights'. There are: embedding1.weights",
    "setWeights: não existe o peso 'dense1.weights'. Existem: embedding1.weights",
  ],
  [
    "weights.missing",
    () => modelFromConfig(modelConfig(words), {}),
    "sequential: the weight 'embedding1.weights' is missing. Give all of the network's weights, or none",
    "sequential: falta o peso 'embedding1.weights'. Dê todos os pesos da rede, ou nenhum",
  ],
  [
    "weights.shape",
    () => words.setWeights({ "embedding1.weights": weights }),
    "setWeights: embedding1.weights has the axes (index 4, feature 2), not (neuron 3, feature 4)",
    "setWeights: embedding1.weights tem os eixos (index 4, feature 2), e não (neuron 3, feature 4)",
  ],
  [
    "config.form",
    () => modelFromConfig({ layers: [begin, { kind: "relu" }] }),
    "modelFromConfig: a model is an object with a list of layers, each an object with a kind and a name",
    "modelFromConfig: um modelo é um objeto com uma lista de camadas, cada uma um objeto com um tipo (kind) e um nome (name)",
  ],
  [
    "config.kind",
    () => modelConfig(new Sequential([input(3), careless])),
    "careless1: there is no kind of layer 'careless' that a file can hold. There are: elu, gelu, leakyRelu, linear, relu, sigmoid, softmax, softplus, step, tanh, averagePooling2d, batchNorm, conv2d, dense, dropout, embedding, flatten, globalAveragePooling2d, globalMaxPooling2d, input, layerNorm, maxPooling2d, rescaling, reshapeTo",
    "careless1: não existe o tipo de camada 'careless' que um arquivo possa guardar. Existem: elu, gelu, leakyRelu, linear, relu, sigmoid, softmax, softplus, step, tanh, averagePooling2d, batchNorm, conv2d, dense, dropout, embedding, flatten, globalAveragePooling2d, globalMaxPooling2d, input, layerNorm, maxPooling2d, rescaling, reshapeTo",
  ],
  [
    "config.extra",
    () => modelFromConfig({ layers: [begin, { kind: "dropout", name: "d", rate: 0.5, seed: 1 }] }),
    "d: there is no setting 'seed'. There are: rate",
    "d: não existe a configuração 'seed'. Existem: rate",
  ],
  [
    "config.unknown",
    () => regularizerOf({ name: "l3" }),
    "regularizerOf: there is no 'l3'. There are: l1l2",
    "regularizerOf: não existe 'l3'. Existem: l1l2",
  ],
  [
    "config.setting",
    () => modelFromConfig({ layers: [begin, { kind: "dropout", name: "d" }] }),
    "d: the setting 'rate' is missing, or is not one that a file can hold",
    "d: a configuração 'rate' falta, ou não é uma que um arquivo possa guardar",
  ],
];
