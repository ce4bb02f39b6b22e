/** What can be wrong with files of arrays, in English. */
export const en = {
  "file.bytes": "{op}: takes the bytes of a file, as a Uint8Array",
  "file.read": "{file} cannot be read. {reason}",
  "file.write": "{file} cannot be written, and is as it was. {reason}",
  "file.stream":
    "{op}: takes a stream of bytes: the body of a response, or createReadStream(path) of node:fs",
  "file.source": "{op}: takes a Blob or File, or a file that open(path) of node:fs/promises has opened",
  "file.part":
    "{op}: the file has only {found} of the {needed} bytes from byte {begin} on. It has become shorter: open it again",
  "file.name": "{op}: the file has no array '{name}'. It has: {known}",
  "file.overflow":
    "{op}: the sizes {sizes} make more values than an array can hold. The header is damaged: get the file again",
  "file.short":
    "{op}: the sizes {sizes} need {needed} bytes, but there are {found}. The file is cut off: get it again",
  "file.long":
    "{op}: the sizes {sizes} need {needed} bytes, but there are {found}. Something follows the values: remove it, or get the file again",
  "file.large": "{op}: the file would take {size} bytes. If you trust it, let maxBytes be more than {limit}",
  "file.range":
    "{op}: the value {value} at position {position} does not fit int32, which {dtype} is read as. Write the file anew: in NumPy, with a.astype('float64')",
  "file.truth":
    "{op}: a bool is a byte of 0 or 1, but the one at position {position} is {value}. The file is damaged: get it again",
  "npy.magic":
    "{op}: an .npy file begins with 93 4e 55 4d 50 59, this one with {found}. Look whether it is the right file: a server may have answered with a page",
  "npy.version":
    "{op}: there are versions 1.0, 2.0 and 3.0 of .npy, but no {found}. The file is damaged: get it again",
  "npy.header":
    "{op}: the header needs {needed} bytes, but there are {found}. The file is cut off: get it again",
  "npy.large":
    "{op}: the header says that it has {found} bytes, but NumPy takes {limit} at most. The file is damaged: get it again",
  "npy.literal":
    "{op}: the header is not a dictionary as NumPy writes it, from character {at} on: {found}. The file is damaged: get it again",
  "npy.keys":
    "{op}: the header must say 'descr', 'fortran_order' and 'shape', and nothing else, but it is {found}. The file is damaged: get it again",
  "npy.objects":
    "{op}: the file has Python objects, pickled: to read them is to run code of whoever made it. Save numbers instead: in NumPy, a.astype('float64')",
  "npy.complex":
    "{op}: the values are complex numbers, which camada does not have. Save a.real and a.imag, each in a file",
  "npy.text": "{op}: the values are text, which camada does not have. Save numbers instead: classes, say",
  "npy.dates":
    "{op}: the values are dates or durations, which camada does not have. Save numbers instead: days since the first, say",
  "npy.structured":
    "{op}: the values are records of several fields, which camada does not have. Save each field in a file",
  "npy.dtype":
    "{op}: there is no dtype {dtype} in camada. Write the file anew: in NumPy, with a.astype('float64')",
  "npy.axes": "{op}: an .npy file has at most {limit} axes, not {axes}. Use .reshape([...]) first",
  "npz.entry":
    "{op}: '{entry}' in the archive is no .npy file. Look whether it is the right file: an .npz file holds arrays only",
  "png.signature": "{op}: this is no PNG image. Look whether it is the right file, or save it as PNG",
  "png.chunk": "{op}: the image is damaged at byte {at}. Get it again",
  "png.header":
    "{op}: the header of the image has sizes and kinds of color that PNG does not have. Get it again",
  "png.interlaced": "{op}: the image is interlaced, of {depth} bits a sample. Save it without interlacing",
  "png.pixels":
    "{op}: the pixels do not inflate to {needed} bytes that say what the header promises. The image is damaged: get it again",
  "zip.end":
    "{op}: this is no zip archive, or it is cut off: the record that ends one is missing. Look whether it is the right file, or get it again",
  "zip.record":
    "{op}: the archive is damaged, or contradicts itself: what it says at byte {at} cannot be. Get the file again",
  "zip.encrypted": "{op}: '{entry}' is encrypted. Write the archive without a password",
  "zip.method":
    "{op}: '{entry}' is compressed by method {method}; camada knows 0, stored, and 8, deflate. Write the archive anew with one of them",
  "zip.twice": "{op}: '{entry}' is in the archive twice. Write it anew with a name for each",
  "zip.overlap":
    "{op}: '{entry}' and '{other}' share bytes of the archive, which no program writes. The file is damaged, or made to do harm",
  "zip.large":
    "{op}: the archive says that it inflates to {size} bytes. If you trust it, let maxBytes be more than {limit}",
  "zip.ratio":
    "{op}: the archive has {packed} bytes, but says that it inflates to {size}: as much as only a bomb does. Write it without compression",
  "zip.content":
    "{op}: '{entry}' does not inflate to the {size} bytes, or not to the checksum, that the archive says. The file is damaged: get it again",
  "zip.name": "{op}: a name in an archive has at most {limit} bytes, but '{name}...' has more. Shorten it",
  "zip.tooMuch": "{op}: this is more than a zip archive holds, 4 GiB or 65534 files. Write several",
} as const;
