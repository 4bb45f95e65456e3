import { Link, useLocation } from 'wouter';
import { useSummary } from '../lib/project.ts';
import { screens } from '../screens/index.ts';
import { pathOf, type Screen } from '../screens/screen.ts';
import classes from './Rail.module.css';
import { stageCount } from './stage-count.ts';

/** The way through the project: overview, the stages by number, and the places beside them. */
export function Rail() {
  const overview = screens.filter(({ id }) => id === 'overview');
  const stages = screens.filter(({ stage }) => stage !== undefined);
  const others = screens.filter(({ id, stage }) => id !== 'overview' && stage === undefined);
  return (
    <nav className={classes.rail} aria-label="Stages" data-region tabIndex={-1}>
      {[overview, stages, others].map((group) => (
        <ul key={group[0]?.id} className={classes.group}>
          {group.map((screen) => (
            <li key={screen.id}>
              <RailLink screen={screen} />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function RailLink({ screen: { id, title, stage, icon: Icon } }: { readonly screen: Screen }) {
  const [location] = useLocation();
  const summary = useSummary();
  const path = pathOf(id);
  const isHere = location === path || location.startsWith(`${path}/`);
  const count = summary && stageCount(id, summary);
  return (
    <Link href={path} className={classes.link} aria-current={isHere ? 'page' : undefined}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span className={classes.title}>{stage ? `${stage} ${title}` : title}</span>
      {count && (
        <span className={classes.count} title={count.words}>
          <span aria-hidden>{count.figure}</span>
          <span className="visually-hidden">{count.words}</span>
        </span>
      )}
    </Link>
  );
}
