import { classes, type Child, type Tone } from '#views/ui/types.ts'

type HeadProps = { title: string, lead?: Child, trail?: { href: string, label: string }[], badge?: Child, actions?: Child }

export const PageHead = ({ title, lead, trail, badge, actions }: HeadProps) => (
  <header class="page-head">
    {trail && trail.length > 0 && (
      <nav aria-label="Jejak halaman" class="trail">
        <ol>{trail.map(({ href, label }) => <li><a href={href}>{label}</a></li>)}</ol>
      </nav>
    )}
    <div class="page-title">
      <h1>{title}</h1>
      {badge}
      {actions && <div class="page-actions">{actions}</div>}
    </div>
    {lead && <p class="lead-text">{lead}</p>}
  </header>
)

type CardProps = { title?: Child, level?: 2 | 3, id?: string, tone?: Tone, actions?: Child, children?: Child }

export const Card = ({ title, level = 2, id, tone, actions, children }: CardProps) => (
  <section class={classes('card', tone && `card-${tone}`)} id={id}>
    {(title || actions) && (
      <div class="card-head">
        {title && (level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>)}
        {actions && <div class="card-actions">{actions}</div>}
      </div>
    )}
    {children}
  </section>
)

export const Stack = ({ children }: { children?: Child }) => <div class="stack">{children}</div>

export const Narrow = ({ children }: { children?: Child }) => <div class="narrow">{children}</div>

// "side": the second child is a narrow column that follows the eye while the first is read.
export const Columns = ({ kind = 'even', children }: { kind?: 'even' | 'side', children?: Child }) => (
  <div class={`columns ${kind}`}>{children}</div>
)

type Stat = { label: string, value: Child, note?: Child, href?: string, tone?: Tone }

// A number that two columns of a phone would break in the middle.
const isLong = (value: Child) => typeof value === 'string' && /\S{10}/.test(value)

export const Stats = ({ items }: { items: Stat[] }) => (
  <ul class="stats">
    {items.map(({ label, value, note, href, tone = 'neutral' }) => (
      <li class={classes('stat', tone, isLong(value) && 'long')}>
        <span class="stat-label">{href ? <a href={href}>{label}</a> : label}</span>{' '}
        <span class="stat-value">{value}</span>{' '}
        {note && <span class="stat-note">{note}</span>}
      </li>
    ))}
  </ul>
)

export const EmptyState = ({ title, action, children }: { title: string, action?: Child, children?: Child }) => (
  <div class="empty">
    <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2">
      <path d="M8 22 24 9l16 13v17H8z" /><path d="M20 39V28h8v11" />
    </svg>
    <p class="empty-title">{title}</p>
    {children && <div class="empty-text">{children}</div>}
    {action}
  </div>
)

type Fact = { label: string, value: Child, wide?: boolean }

export const Facts = ({ items, compact }: { items: Fact[], compact?: boolean }) => (
  <dl class={classes('facts', compact && 'compact')}>
    {items.map(({ label, value, wide }) => (
      <div class={wide ? 'wide' : undefined}><dt>{label}</dt><dd>{isBlank(value) ? '–' : value}</dd></div>
    ))}
  </dl>
)

type Moment = { at: string, iso?: string, title: Child, by?: Child, note?: Child, tone?: Tone }

export const Timeline = ({ items }: { items: Moment[] }) => (
  <ol class="timeline">
    {items.map(({ at, iso, title, by, note, tone = 'neutral' }) => (
      <li class={tone}>
        <p class="moment">{title}</p>
        <p class="hint"><time datetime={iso}>{at}</time>{by && <> · {by}</>}</p>
        {note && <blockquote>{note}</blockquote>}
      </li>
    ))}
  </ol>
)

const isBlank = (value: Child) => value === null || value === undefined || value === ''
