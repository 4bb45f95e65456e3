/** A place in the data of a chart: x and y; or the two ends of a stretch. */
export type Point = readonly [number, number];
