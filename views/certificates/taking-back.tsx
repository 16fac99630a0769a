import { Button } from '#views/ui/button.tsx'
import { TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

type Revoked = { revokedAt: string | null, revokedNote: string }

// A fact of any letter that was taken back; none of one that holds.
export const takenBack = ({ revokedAt, revokedNote }: Revoked, revoker: string | null, zone: number) =>
  revokedAt ? [{ label: 'Dicabut', wide: true, value: `${formatDateTime(revokedAt, zone)}, ${revoker}: ${revokedNote}` }] : []

export const TakingBack = ({ href, typed, error }: { href: string, typed?: string, error?: string }) => (
  <Card title="Cabut surat">
    <p>Bila isinya keliru atau tidak benar lagi. Siapa pun yang memeriksa kodenya akan membaca bahwa surat ini dicabut.</p>
    <Form action={href}>
      <TextArea name="note" label="Alasan" required maxlength={300} rows={2} value={typed} error={error} />
      <Button tone="danger">Cabut surat</Button>
    </Form>
  </Card>
)
