import { Count } from '#views/ui/badge.tsx'

export type Tab = { href: string, label: string, current?: boolean, count?: number }

export const Tabs = ({ label, items }: { label: string, items: Tab[] }) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {items.map(({ href, label: name, current, count }) => (
        <li>
          <a href={href} aria-current={current ? 'page' : undefined}>
            {name}{count !== undefined && <Count value={count} />}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const STATE = { done: 'selesai', current: 'sedang dibuka', incomplete: 'belum lengkap', todo: 'belum diisi' }

export type Step = { href?: string, label: string, state: keyof typeof STATE, note?: string }

export const Steps = ({ label, items }: { label: string, items: Step[] }) => (
  <nav class="steps" aria-label={label}>
    <ol>
      {items.map((step) => (
        <li class={step.state}>
          {step.href
            ? <a href={step.href} aria-current={step.state === 'current' ? 'step' : undefined}><StepText step={step} /></a>
            : <span><StepText step={step} /></span>}
        </li>
      ))}
    </ol>
  </nav>
)

const StepText = ({ step }: { step: Step }) => (
  <>{step.label} <small>{step.note ?? STATE[step.state]}</small></>
)
