import type { PkhFamily } from '#app/pkh/members.ts'
import { recipientTrail } from '#views/pkh/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { recipient: { id: string, name: string }, family: PkhFamily, formKey: string, typed: Record<string, string>, fields?: Record<string, string>, message?: string }

export const NumbersPage = ({ recipient, family, formKey, typed, fields = {}, message }: Props) => (
  <Narrow>
    <Stack>
      <PageHead title="No. ART PKH" trail={recipientTrail(recipient)} lead="Salin dari keputusan atau daftar Kemensos. Yang dikosongkan tidak berubah." />
      {message && <Notice tone="bad"><p>{message}</p></Notice>}
      <Card>
        <Form action={`/pkh/recipients/${recipient.id}/numbers`}>
          <HiddenField name="key" value={formKey} />
          {family.members.map(({ seq, name, number }) => (
            <TextField name={`number-${seq}`} label={`${seq}. ${name}`} value={typed[`number-${seq}`] ?? number} error={fields[`number-${seq}`]}
              inputmode="numeric" maxlength={20} autocomplete="off" width="medium" />
          ))}
          <ActionBar><Button>Simpan nomor</Button><LinkButton href={`/programmes/pkh/recipients/${recipient.id}`} tone="quiet">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Stack>
  </Narrow>
)
