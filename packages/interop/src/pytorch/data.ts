import { MISSING } from "../csv/values.js";
import type { Preparation } from "../table/preparation.js";
import { literal } from "./python.js";

/** Reads arrays x and y from an .npz file: for networks that learnt from no table. */
const ARRAYS = `def read_data(path, separator=None):
    """The arrays x and y of an .npz file."""
    data = np.load(path)
    y = data["y"]
    return torch.from_numpy(data["x"].astype("float32")), torch.from_numpy(y.astype("int64" if y.ndim == 1 else "float32"))
`;

/** The pipeline from a table to numbers, as Python: what `applyPreparation` and `targetsOf` do. */
function table({ features, target }: Preparation): string {
  const classes = target.task === "classification";
  return `# what each column becomes: numbers of mean 0 and deviation 1, or a 1 for the word that stands there
FEATURES = [
${features.map((feature) => `    ${literal(feature)},`).join("\n")}
]
TARGET = ${literal(target)}
MISSING = ${literal(MISSING)}


def number(text, separator):
    return float(text.replace(",", ".") if separator == ";" else text)


def word(text, kind):
    return text.strip().lower() if kind == "boolean" else text


def prepared(row, separator):
    """The numbers that a row becomes."""
    numbers = []
    for feature in FEATURES:
        text = row[feature["column"]]
        missing = text.strip() in MISSING
        if feature["kind"] == "number":
            known = not missing and feature["std"] > 0
            numbers.append((number(text, separator) - feature["mean"]) / feature["std"] if known else 0)
        else:
            constant = len(feature["categories"]) < 2 and not feature["missing"]
            found = None if missing or constant else word(text, feature["kind"])
            numbers += [float(found == category) for category in feature["categories"]]
        if feature["missing"]:
            numbers.append(float(missing))
    return numbers


def read_data(path, separator=","):
    """The rows of a CSV file whose target is known, as numbers, and their targets."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=separator, skipinitialspace=False))
    rows = [row for row in rows if row[TARGET["column"]].strip() not in MISSING]
    x = torch.tensor([prepared(row, separator) for row in rows])
    ${classes ? CLASSES : AMOUNTS}
    return x, y
`;
}

const CLASSES = `label = {name: i for i, name in enumerate(TARGET["classes"])}
    if TARGET["kind"] == "number":
        label = {number(name, "."): i for name, i in label.items()}
        y = torch.tensor([label[number(row[TARGET["column"]], separator)] for row in rows])
    else:
        y = torch.tensor([label[word(row[TARGET["column"]], TARGET["kind"])] for row in rows])`;

const AMOUNTS = `spread = TARGET["std"] or 1
    y = torch.tensor([[(number(row[TARGET["column"]], separator) - TARGET["mean"]) / spread] for row in rows])`;

export function dataProgram(preparation: Preparation | undefined): string {
  return preparation === undefined ? ARRAYS : table(preparation);
}
