import type { Child, Tone } from '#views/ui/types.ts'

export type { Tone }

// The words carry the meaning; the colour only helps the eye find them.
export const Badge = ({ tone = 'neutral', children }: { tone?: Tone, children?: Child }) => (
  <><span class={`badge ${tone}`}>{children}</span>{' '}</>
)

type NoticeProps = { tone?: Tone, title?: string, id?: string, children?: Child }

export const Notice = ({ tone = 'info', title, id, children }: NoticeProps) => (
  <div class={`notice ${tone}`} id={id} role={tone === 'bad' ? 'alert' : 'status'}>
    {title && <p class="notice-title">{title}</p>}
    {children}
  </div>
)

export const Count = ({ value, label }: { value: number, label?: string }) => (
  <>{' '}<span class="count">{value > 999 ? '999+' : value}{label && <span class="unseen"> {label}</span>}</span></>
)
