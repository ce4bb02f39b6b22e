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
  "model.noTraining":
    "{op}: the file has a model, but not what it is trained with. Save it with that: saveModel(model, { training: { loss, optimizer } })",
  "model.training":
    "{op}: what the model is trained with is not as saveModel writes it: '{part}' is missing or wrong. The file is damaged, or of a newer camada: give fit its options yourself",
  "model.own":
    "{op}: '{name}', given as {part}, is somebody's own, and files hold only what camada has. Save without it, and give it to fit yourself",
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
  "keras.file":
    "{op}: there is no {name} in the archive, as .keras files have. Save the model anew: model.save('model.keras')",
  "keras.json":
    "{op}: config.json does not describe a model as Keras 3 does. Save it anew by Keras 3: model.save('model.keras')",
  "keras.model":
    "{op}: the model must be Sequential or Functional, but it is {found}. Make it of keras.Sequential or keras.Model(inputs, outputs)",
  "keras.layer": "{op}: camada has no layer for {layer}, of Keras's class {kind}. It knows: {known}",
  "keras.chain":
    "{op}: the layers must follow one another, one input and one output, but {layer} does not. Make the model such a chain",
  "keras.setting":
    "{op}: the layer {layer} ({kind}) needs {name}, but it is {found}. The file is damaged: save it anew",
  "keras.unsupported":
    "{op}: the layer {layer} ({kind}) has {name} = {found}, which camada's does not know. It may be: {known}",
  "keras.path":
    "{op}: there is no {name} in model.weights.h5. The file is damaged, or not by Keras 3: save it anew",
  "keras.weights":
    "{op}: the layer {layer} needs {needed} weights, but {place} in model.weights.h5 has {found}. The file is damaged: save it anew",
  "hdf5.signature": "{op}: this is no HDF5 file. The file is damaged: get it again",
  "hdf5.version":
    "{op}: camada reads HDF5 files as h5py writes them unless it is told otherwise, not of version {version}. Write it anew without libver='latest'",
  "hdf5.place": "{op}: the HDF5 file contradicts itself at byte {at}. It is damaged: get it again",
  "hdf5.kind":
    "{op}: what is at byte {at} of the HDF5 file is no group or array that camada reads. Write it anew by h5py's defaults",
  "hdf5.dtype":
    "{op}: the values at byte {at} of the HDF5 file are no floats of 16, 32 or 64 bits. Write them anew as float32",
  "hdf5.layout":
    "{op}: the array at byte {at} of the HDF5 file is in pieces or compressed. Write it anew without chunks and compression",
  "model.metadata":
    "{op}: '{name}' is a name of the file's own. Keep your text under another: one that is not format, and does not begin with camada.",
} as const;
