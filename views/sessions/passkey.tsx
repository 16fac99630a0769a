import type { Child } from 'hono/jsx'
import { Button, type ButtonTone } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'

type Props = { kind: 'get' | 'create', action: string, fields?: Record<string, string>, label: string, tone?: ButtonTone, children?: Child }

// A form that the browser's own dialogue for keys fills in (static/behaviours/passkeys.js), and that shows only where it can. What
// to sign comes from beside its action.
export const PasskeyForm = ({ kind, action, fields = {}, label, tone = 'secondary', children }: Props) => (
  <form method="post" action={action} class="form" id="f-response" tabindex={-1} hx-boost="false" data-passkey={kind} hidden>
    {Object.entries(fields).map(([name, value]) => <HiddenField name={name} value={value} />)}
    <HiddenField name="response" value="" />
    {children}
    <Button tone={tone}>{label}</Button>
    <p class="hint" role="status" data-passkey-state></p>
  </form>
)
