/** Every word of the living figures, in English. `{name}` stands for a fact. */
export const en = {
  data: "The figure's data as a table",
  previous: "Previous",
  next: "Next",
  reset: "Start values",
  "product.keys": "Product, step by step: arrow keys move from row to row and from column to column",
  "product.place": "Row {row}, column {column}",
  "product.transpose": "Transpose {label}",
  "network.keys": "Network: arrow keys move from neuron to neuron; sliders below change it",
  "network.input": "Input {at}",
  "network.neuron": "Neuron {at} of layer {layer}",
  "network.weight": "Weight {at}",
  "network.bias": "Bias",
  "network.value": "Value",
  "network.observation": "Observation",
  "network.hint":
    "Choose a neuron, an input or a connection; drag to the side to change a weight or an input.",
};
