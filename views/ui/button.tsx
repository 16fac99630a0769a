import { classes, type Child, type Extra } from '#views/ui/types.ts'

export type ButtonTone = 'primary' | 'secondary' | 'danger' | 'quiet'
type Look = { tone?: ButtonTone, small?: boolean, shortcut?: string, children?: Child }

const look = (tone: ButtonTone, small?: boolean) => classes('button', tone, small && 'small')
const Hint = ({ shortcut }: { shortcut?: string }) => shortcut ? <>{' '}<kbd aria-hidden="true">{shortcut.toUpperCase()}</kbd></> : null

type ButtonProps = Extra & Look & {
  type?: 'submit' | 'button' | 'reset'
  id?: string
  name?: string
  value?: string
  form?: string
  formaction?: string
  formmethod?: 'get' | 'post'
  formnovalidate?: boolean
  disabled?: boolean
}

// Two beside each other stay two words where no style sheet keeps them apart: in a text browser, and when read aloud.
export const Button = ({ tone = 'primary', small, shortcut, type = 'submit', children, ...rest }: ButtonProps) => (
  <>
    <button {...rest} type={type} class={look(tone, small)} data-key={shortcut} aria-keyshortcuts={shortcut}>
      {children}<Hint shortcut={shortcut} />
    </button>{' '}
  </>
)

type LinkProps = Extra & Look & { href: string, id?: string, download?: boolean | string, rel?: string, target?: string }

export const LinkButton = ({ tone = 'secondary', small, shortcut, children, ...rest }: LinkProps) => (
  <>
    <a {...rest} class={look(tone, small)} data-key={shortcut} aria-keyshortcuts={shortcut}>
      {children}<Hint shortcut={shortcut} />
    </a>{' '}
  </>
)

type PostProps = Extra & Look & { action: string, fields?: Record<string, string> }

export const PostButton = ({ action, fields = {}, tone, small, shortcut, children, ...rest }: PostProps) => (
  <form {...rest} method="post" action={action} class="post-button" data-guard="once" hx-boost="false">
    {Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
    <Button tone={tone} small={small} shortcut={shortcut}>{children}</Button>
  </form>
)

export const ActionBar = ({ children }: { children?: Child }) => <div class="action-bar">{children}</div>

type ConfirmProps = Omit<Look, 'children'> & { label: string, open?: boolean, id?: string, children?: Child }

// A question that needs no script: the button is a summary, the panel under it holds the form.
export const Confirm = ({ label, tone = 'secondary', small, shortcut, open, id, children }: ConfirmProps) => (
  <details class="confirm" open={open} id={id}>
    <summary class={look(tone, small)} data-key={shortcut}>{label}<Hint shortcut={shortcut} /></summary>
    <div class="confirm-panel">{children}</div>
  </details>
)

// Hidden until page.js finds it: without script there is nothing it could do.
export const PrintButton = ({ children = 'Cetak' }: { children?: Child }) => (
  <button type="button" class={look('secondary')} data-print hidden>{children}</button>
)

export const Keys = ({ children }: { children?: Child }) => <div data-keys>{children}</div>
