import classes from './Collect.module.css';

interface Props<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  /** Said when there are none; without it the part is left out. */
  readonly empty?: string;
  /** Its lines hold texts of records. */
  readonly isRecord?: boolean;
  readonly children: (item: Item) => string;
}

/** One titled list of the inspector. */
export function InspectorPart<Item>({
  title,
  items,
  empty,
  isRecord = false,
  children,
}: Props<Item>) {
  if (items.length === 0 && !empty) return null;
  const lines = [...new Set(items.map(children))];
  return (
    <section className={classes.part}>
      <h2>{title}</h2>
      {lines.length === 0 && <p>{empty}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line} data-selectable data-record={isRecord || undefined}>
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
