import type { Asked, Verification } from '#app/pkh/commitments.ts'
import { COMPONENT_LABELS, recipientTrail } from '#views/pkh/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { FieldRow, Fieldset, HiddenField, NumberField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead, Stack } from '#views/ui/page.tsx'

type Typed = Record<string, string>
type Props = { verification: Verification, formKey: string, typed: Typed, fields?: Record<string, string>, message?: string }

export const CommitmentsPage = (props: Props) => {
  const { verification: { recipient, period, asked, share }, message } = props
  return (
    <Narrow>
      <Stack>
        <PageHead title="Catat kehadiran" trail={recipientTrail(recipient)}
          lead={`Komitmen terpenuhi bila hadir paling sedikit ${share}% dari yang seharusnya${period ? `. Periode ${period.name}.` : '.'}`} />
        {message && <Notice tone="bad"><p>{message}</p></Notice>}
        {!period && <Notice tone="warn" title="Belum ada periode PKH yang terbuka"><p>Dinsos membukanya di <a href="/programmes/periods">periode program</a>. Sesudah itu kehadiran dapat dicatat.</p></Notice>}
        {period && asked.length === 0 && <Notice><p>Tidak ada anggota yang punya kewajiban sekolah atau kesehatan di keluarga ini.</p></Notice>}
        {period && asked.length > 0 && <Sheet {...props} periodId={period.id} />}
      </Stack>
    </Narrow>
  )
}

const Sheet = ({ verification: { recipient, asked }, periodId, formKey, typed, fields = {} }: Props & { periodId: string }) => (
  <Card>
    <Form action={`/pkh/recipients/${recipient.id}/commitments`}>
      <HiddenField name="key" value={formKey} />
      <HiddenField name="periodId" value={periodId} />
      {asked.map((member) => <Person member={member} typed={typed} fields={fields} />)}
      <ActionBar><Button>Simpan kehadiran</Button><LinkButton href={`/programmes/pkh/recipients/${recipient.id}`} tone="quiet">Batal</LinkButton></ActionBar>
    </Form>
  </Card>
)

const UNITS: Record<string, string> = { school: 'hari', health: 'kali' }

const Person = ({ member: { seq, name, component, duty, place }, typed, fields }: { member: Asked, typed: Typed, fields: Record<string, string> }) => {
  const value = (field: string) => ({ name: `${field}-${seq}`, value: typed[`${field}-${seq}`], error: fields[`${field}-${seq}`] })
  return (
    <Fieldset legend={`${seq}. ${name} (${COMPONENT_LABELS[component]})`} hint={duty} id={`anggota-${seq}`}>
      <Stack>
        <FieldRow>
          <NumberField {...value('due')} label={`Seharusnya, ${name}`} unit={UNITS[place]} min={1} max={200} required />
          <NumberField {...value('attended')} label={`Hadir, ${name}`} unit={UNITS[place]} min={0} max={200} required />
        </FieldRow>
        <TextField {...value('note')} label={`Catatan, ${name}`} maxlength={300} />
      </Stack>
    </Fieldset>
  )
}
