import type { Purpose } from '#app/sessions/step-up.ts'
import { PURPOSE_WORDS } from '#views/sessions/labels.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { Card } from '#views/ui/page.tsx'

// In the place of a weighty form whose time would run out while it is filled in: nothing is typed twice.
export const SignInAgain = ({ title, purpose, href }: { title: string, purpose: Purpose, href: string }) => (
  <Card title={title}>
    <p>Untuk {PURPOSE_WORDS[purpose]}, masuk ulang dahulu. Formulirnya tampil di sini setelah itu.</p>
    <LinkButton href={href} tone="primary">Masuk ulang</LinkButton>
  </Card>
)
