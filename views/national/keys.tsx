import type { Key } from '#app/national/keys.ts'
import type { Regency } from '#app/national/places.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { keys: Key[], regencies: Regency[], newId: string, pem: string, made?: string }

export const KeysPage = ({ keys, regencies, newId, pem, made }: Props) => {
  const names = new Map(regencies.map(({ code, name }) => [code, name]))
  return (
    <Stack>
      <PageHead title="Kunci pengiriman" lead="Dengan kunci ini server kabupaten/kota mengirim arsipnya sendiri dan mengambil jawabannya. Selain itu kunci ini tidak membuka apa pun." />
      {made && <Notice tone="good" title="Kunci dibuat. Catat sekarang; tidak akan ditampilkan lagi."><p><code class="hash">{made}</code></p></Notice>}
      <Card title="Buat kunci">
        <Form action="/national/keys">
          <HiddenField name="id" value={newId} />
          <SelectField name="regencyCode" label="Kabupaten/kota" required options={regencies.map(({ code, name, province }) => ({ value: code, label: `${name}, ${province}` }))} />
          <TextField name="note" label="Diberikan kepada" required maxlength={100} hint="Nama dan jabatan penerima kunci." />
          <Button>Buat kunci</Button>
        </Form>
      </Card>
      {keys.length === 0 ? <EmptyState title="Belum ada kunci" /> : (
        <Table caption="Kunci yang pernah dibuat" columns={['Kabupaten/kota', 'Diberikan kepada', 'Dibuat', 'Terakhir dipakai', 'Keadaan']}>
          {keys.map((key) => (
            <Row>
              <Cell label="Kabupaten/kota" lead>{names.get(key.regencyCode) ?? key.regencyCode}</Cell>
              <Cell label="Diberikan kepada">{key.note}</Cell>
              <Cell label="Dibuat">{formatDateTime(key.madeAt)}</Cell>
              <Cell label="Terakhir dipakai">{key.usedAt ? formatDateTime(key.usedAt) : 'Belum pernah'}</Cell>
              <Cell label="Keadaan" actions>{key.revokedAt ? <Badge tone="bad">{`Dicabut ${formatDateTime(key.revokedAt)}`}</Badge> : <Revoke id={key.id} />}</Cell>
            </Row>
          ))}
        </Table>
      )}
      <Card title="Kunci umum Kemensos"><p>Berikan kepada setiap kabupaten/kota untuk SIKS_MINISTRY_KEY_FILE. Dengannya mereka memastikan bahwa jawaban penetapan benar dari sini.</p><pre class="hash">{pem}</pre></Card>
    </Stack>
  )
}

const Revoke = ({ id }: { id: string }) => (
  <Confirm label="Cabut" tone="danger" small>
    <p>Server yang memakai kunci ini langsung tertolak sampai diberi kunci baru.</p>
    <PostButton action={`/national/keys/${id}/revocation`} tone="danger" small>Ya, cabut</PostButton>
  </Confirm>
)
