/**
 * The rule of names, told once more and independently of the library: which axes meet depends on the
 * operation; what their names then are does not.
 */

type Shape = readonly number[];
export type Names = readonly (string | null)[];

/** An axis of one of the arguments. */
type Place = readonly [array: number, axis: number];

/** For each axis of the result the arguments' axes that meet in it; and those that meet and are summed over. */
export interface Meetings {
  readonly kept: readonly (readonly Place[])[];
  readonly summed?: readonly (readonly Place[])[];
}

/** The names of a result's axes; undefined where the rule refuses. */
export function namesByRule({ kept, summed = [] }: Meetings, names: readonly Names[]): Names | undefined {
  const meet = (places: readonly Place[]) => [
    ...new Set(places.map(([array, axis]) => names[array]![axis]!).filter((name) => name !== null)),
  ];
  if ([...kept, ...summed].some((places) => meet(places).length > 1)) return undefined;
  const result = kept.map((places) => meet(places)[0] ?? null);
  const given = result.filter((name) => name !== null);
  return new Set(given).size === given.length ? result : undefined;
}

/** Every axis of one argument. */
export const axesOf = (shape: Shape, array = 0): Place[][] => shape.map((_, axis) => [[array, axis]]);

/** Axes in the same place. */
export const together = (shapes: readonly Shape[]): Place[][] =>
  shapes[0]!.map((_, axis) => shapes.map((_, array) => [array, axis] as const));

/** Axes in the same place from the right. */
export function broadcast(shapes: readonly Shape[]): Place[][] {
  const ndim = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: ndim }, (_, i) =>
    shapes.flatMap((shape, array) => {
      const axis = i - (ndim - shape.length);
      return axis < 0 ? [] : [[array, axis] as const];
    }),
  );
}

/** The last axis of the first with the last but one (of a vector: the only) of the second. */
export function product([a, b]: readonly Shape[]): Meetings {
  const along = Math.max(b!.length - 2, 0);
  return {
    kept: [...axesOf(a!).slice(0, -1), ...axesOf(b!, 1).filter((_, axis) => axis !== along)],
    summed: [
      [
        [0, a!.length - 1],
        [1, along],
      ],
    ],
  };
}

/** As `product` in the last two axes; those before them broadcast. */
export function stackedProduct([a, b]: readonly Shape[]): Meetings {
  const inner: Place[] = [
    [0, a!.length - 1],
    [1, b!.length - 2],
  ];
  return {
    kept: [...broadcast([a!.slice(0, -2), b!.slice(0, -2)]), [[0, a!.length - 2]], [[1, b!.length - 1]]],
    summed: [inner],
  };
}

/** Axes with the same letter. */
export function letters(subscripts: string): Meetings {
  const [inputs, output] = subscripts.split("->") as [string, string];
  const words = inputs.split(",");
  const places = (letter: string): Place[] =>
    words.flatMap((word, array) =>
      [...word].flatMap((l, axis) => (l === letter ? [[array, axis] as const] : [])),
    );
  const all = [...new Set(words.join(""))];
  return {
    kept: [...output].map(places),
    summed: all.filter((letter) => !output.includes(letter)).map(places),
  };
}
