/** What can be wrong with files of weights and models, in English. */
export const en = {
  "safetensors.header":
    "{op}: the header needs {needed} bytes, but there are {found}. The file is cut off, or no safetensors file: get it again",
  "safetensors.large":
    "{op}: the header says that it has {found} bytes, but it may have {limit} at most. Look whether it is a safetensors file",
  "safetensors.json":
    "{op}: the header is not the JSON of a safetensors file. The file is damaged: get it again",
  "safetensors.number":
    "{op}: the header has {found} where only counts may stand. The file is damaged: get it again",
  "safetensors.twice": "{op}: the header has '{name}' twice. Write the file anew with a name for each",
  "safetensors.metadata":
    "{op}: metadata are texts by their names, but '{key}' is something else. Write the file anew",
  "safetensors.tensor":
    "{op}: '{name}' in the header must have dtype, shape and data_offsets [begin, end], and nothing else. The file is damaged: get it again",
  "safetensors.dtype":
    "{op}: '{name}' has values of {dtype}, which camada does not have. Write the file anew with F32, say",
  "safetensors.place":
    "{op}: '{name}' begins at byte {begin} of the values, but those before it end at {at}: there may be neither gaps nor overlaps. The file is damaged, or made to do harm",
  "safetensors.rest":
    "{op}: the values end at byte {needed} of the file, but it has {found} bytes. It is cut off, or something follows: get it again",
  "safetensors.reserved": "{op}: '{name}' is the name of the metadata. Name the array otherwise",
  "model.format":
    "{op}: this safetensors file has weights, but no description of a model. Make the model by sequential(...), and give it the weights: model.setWeights, or loadPyTorchWeights",
  "model.version":
    "{op}: the model was written by a newer camada (version {found} of its files; this one knows {known}). Update camada",
  "model.description": "{op}: the description of the model is no JSON. The file is damaged: get it again",
  "model.name":
    "{op}: a layer that is saved may not be called '{name}', as that stands for training. Name it otherwise",
  "model.noState":
    "{op}: the file has a model, but no state of its training. Save it with one: saveModel(model, { state })",
  "model.state":
    "{op}: the state of the training is not one: {what} is missing or wrong. The file is damaged: save it again",
  "pytorch.names":
    "{op}: the weights' names must be those of nn.Sequential, such as '0.weight', or '{layer}.weight' for every layer, but one is '{name}'. In PyTorch, save model.state_dict() of the nn.Sequential itself",
  "pytorch.count":
    "{op}: there are weights for {found} modules ({modules}), but the model has {needed} layers with weights ({layers}). Make the model of the same layers",
  "pytorch.weights":
    "{op}: the module '{module}' has {found}, but the layer {layer} ({kind}) needs {needed}. Make the model of the same layers",
  "pytorch.kind":
    "{op}: camada does not know PyTorch's weights for the layer {layer}, of kind {kind}. Give them by model.setWeights",
} as const;
