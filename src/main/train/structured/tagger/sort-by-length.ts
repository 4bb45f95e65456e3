import type { LoadedParser, Parse } from '../structured-student.ts';

/** Parses texts with others of about their length, so that little of a run is padding. */
export function sortByLength(parser: LoadedParser): LoadedParser {
  return {
    async parse(inputs, work) {
      const order = [...inputs.keys()].sort(
        (a, b) => inputs[a]!.text.length - inputs[b]!.text.length,
      );
      const sorted = await parser.parse(
        order.map((row) => inputs[row]!),
        work,
      );
      const parses = new Array<Parse>(inputs.length);
      order.forEach((row, i) => {
        parses[row] = sorted[i]!;
      });
      return parses;
    },
    close: () => parser.close(),
  };
}
