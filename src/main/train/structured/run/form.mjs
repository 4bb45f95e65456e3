// Fills in a form so that the output fits its schema, whatever was read.

// What a date and a time look like is among the patterns of decoder.json.
function admitsText({ limits = {}, patterns }, value) {
  const length = [...value].length;
  return (
    length >= (limits.minLength ?? 0) &&
    length <= (limits.maxLength ?? length) &&
    patterns.every((pattern) => new RegExp(pattern, 'u').test(value))
  );
}

// Of decimals as they are written: 0.3 is a multiple of 0.1, though not when divided as binary numbers.
function isMultipleOf(value, unit) {
  if (!Number.isFinite(value)) return false;
  const [a, b] = [value, unit].map((number) => {
    const [mantissa, exponent] = number.toExponential().split('e');
    const [whole, fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
  });
  const least = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map((own) => own.digits * 10n ** BigInt(own.exponent - least));
  return x % y === 0n;
}

function admitsNumber({ type, minimum, maximum, limits = {} }, value) {
  const { above, below, multipleOf } = limits;
  return (
    (type !== 'integer' || Number.isInteger(value)) &&
    value >= (minimum ?? value) &&
    value <= (maximum ?? value) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below) &&
    (multipleOf === undefined || isMultipleOf(value, multipleOf))
  );
}

// Whether a value is what the schema allows for a slot.
function admits(slot, value) {
  if (slot.type === 'enum') return slot.choices.includes(value);
  if (slot.type === 'boolean') return typeof value === 'boolean';
  if (slot.type === 'integer' || slot.type === 'number')
    return typeof value === 'number' && admitsNumber(slot, value);
  return typeof value === 'string' && admitsText(slot, value);
}

// How many values a slot has at least where it is required: null and an empty list are answers, too.
export const fewestOf = ({ isList, isNullable, limits }) =>
  isNullable ? 0 : isList ? (limits?.minItems ?? 0) : 1;

const isWithin = (path, object) =>
  path.length >= object.length && object.every((name, i) => name === path[i]);

// The object at a path, which is made where it is not there; names like __proto__ are names, too.
function reach(object, path) {
  let inner = object;
  for (const name of path) {
    if (!Object.hasOwn(inner, name)) define(inner, name, {});
    inner = inner[name];
  }
  return inner;
}

function define(object, name, value) {
  const how = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(object, name, { value, ...how });
}

// Values that are there, and after them as many that say nothing as the schema wants.
function padList(own, neutral, fewest) {
  const isRepeated = new Set(neutral).size < neutral.length;
  return [...own, ...neutral.filter((value) => isRepeated || !own.includes(value))].slice(0, fewest);
}

export function createFormFiller({ form, patterns, empty, neutral }) {
  const slots = form.slots.map((slot, i) => ({ ...slot, patterns: patterns[i] }));

  // Objects within the output that are there: with a value in them, required, or written though empty, unless that
  // would call for a value that nobody gave.
  function listPresent(frame, given, empty) {
    const isHarmless = ({ path, required }) =>
      required.every((slot) => given.has(slot) || fewestOf(slots[slot]) === 0) &&
      frame.objects.every(
        (inner) =>
          inner.path.length !== path.length + 1 ||
          !isWithin(inner.path, path) ||
          !inner.isRequired ||
          inner.isNullable ||
          isHarmless(inner),
      );
    const present = [];
    for (const object of frame.objects) {
      const own = frame.slots.filter((slot) => isWithin(slots[slot].path, object.path));
      const isAround = isPresent(object.path.slice(0, -1), present);
      const isWritten = own.some((slot) => (empty[slot] ?? 'omit') !== 'omit');
      if (
        own.some((slot) => given.has(slot)) ||
        (isAround && object.isRequired && !object.isNullable) ||
        (isAround && isWritten && isHarmless(object))
      )
        present.push(object);
    }
    return present;
  }

  const isPresent = (path, present) =>
    path.length === 0 ||
    present.some((object) => object.path.length === path.length && isWithin(path, object.path));

  function listNeeded(frame, readings) {
    const given = new Set(readings.map(({ slot }) => slot));
    const inside = listPresent(frame, given, []).flatMap(({ required }) => required);
    return [...new Set([...frame.required, ...inside])];
  }

  // Lists as long and as different as they may be; what is too much or too short leaves a hole.
  function fitLists(frame, readings, holes) {
    const needed = listNeeded(frame, readings);
    const kept = new Map();
    for (const reading of readings) {
      const { limits = {} } = slots[reading.slot];
      const own = kept.get(reading.slot) ?? [];
      kept.set(reading.slot, own);
      if (limits.hasUniqueItems && own.some(({ value }) => value === reading.value)) continue;
      if (own.length < (limits.maxItems ?? Infinity)) own.push(reading);
      else holes.add(reading.slot);
    }
    for (const [slot, own] of kept) {
      const isFilledUp = needed.includes(slot) && !slots[slot].isNullable;
      if (isFilledUp || own.length >= (slots[slot].limits?.minItems ?? 0)) continue;
      kept.delete(slot);
      holes.add(slot);
    }
    const all = [...kept.values()].flat();
    return readings.filter((reading) => all.includes(reading));
  }

  // {output, missing}: the output, and the slots for which it holds a value that says nothing.
  function fill(frameIndex, given, holes) {
    const frame = form.frames[frameIndex];
    if (!frame) return { output: null, missing: [] };
    const readings = fitLists(frame, given, holes);
    const valuesOf = (slot) =>
      readings.filter((own) => own.slot === slot).map(({ value }) => value);
    const needed = listNeeded(frame, readings);
    const present = listPresent(frame, new Set(readings.map(({ slot }) => slot)), empty);
    const written = [...frame.required, ...present.flatMap(({ required }) => required)];
    const object = {};
    const set = (path, value) => define(reach(object, path.slice(0, -1)), path.at(-1), value);

    function toProperty(slot) {
      const { isList, isNullable } = slots[slot];
      const own = valuesOf(slot);
      const fewest = written.includes(slot) ? fewestOf(slots[slot]) : 0;
      if (own.length < fewest) return isList ? padList(own, neutral[slot], fewest) : neutral[slot];
      if (own.length > 0) return isList ? own : own[0];
      if (empty[slot] === 'list') return [];
      if (empty[slot] === 'null') return null;
      if (!written.includes(slot)) return undefined;
      return isNullable ? null : [];
    }

    for (const slot of frame.slots) {
      const { path } = slots[slot];
      const value = toProperty(slot);
      if (value !== undefined && isPresent(path.slice(0, -1), present)) set(path, value);
    }
    for (const { path, isRequired, isNullable } of frame.objects) {
      if (isPresent(path, present)) reach(object, path);
      else if (isRequired && isNullable && isPresent(path.slice(0, -1), present)) set(path, null);
    }
    const isShort = (slot) => valuesOf(slot).length < fewestOf(slots[slot]);
    const isUnread = (slot) => holes.has(slot) && valuesOf(slot).length === 0;
    const missing = [...needed.filter(isShort), ...needed.filter(isUnread)];
    return {
      output: form.hasNone ? { name: frame.name, arguments: object } : object,
      missing: [...new Set(missing)],
    };
  }

  return { admits: (slot, value) => admits(slots[slot], value), fill };
}
