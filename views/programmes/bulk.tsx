import type { Ticked } from '#app/programmes/bulk.ts'
import { CHANGES_TRAIL, STATUSES } from '#views/programmes/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

// What would be approved, and what would be passed over and why, before anything is.
export const ApprovalPreview = ({ changes, formKey }: { changes: Ticked[], formKey: string }) => {
  const ready = changes.filter(({ trouble }) => !trouble)
  const passed = changes.filter(({ trouble }) => trouble)
  return (
    <Stack>
      <PageHead title={`Setujui ${ready.length} usulan`} trail={CHANGES_TRAIL} lead="Periksa daftarnya. Belum ada yang disetujui sebelum tombol di bawah ditekan." />
      {passed.length > 0 && (
        <Notice tone="warn" title={`${passed.length} usulan tidak ikut disetujui`}><ul>{passed.map(({ id, name, trouble }) => <li><a href={`/programmes/changes/${id}`}>{name}</a>: {trouble}</li>)}</ul></Notice>
      )}
      {ready.length > 0 && (
        <>
          <Table caption="Yang akan disetujui" columns={['Nama', 'Program', 'Usulan', 'Keadaan sekarang']}>
            {ready.map(({ id, name, village, programmeName, kindLabel, status }) => (
              <Row>
                <Cell label="Nama" lead><a href={`/programmes/changes/${id}`}>{name}</a><br /><small class="hint">{village}</small></Cell>
                <Cell label="Program">{programmeName}</Cell><Cell label="Usulan">{kindLabel}</Cell><Cell label="Keadaan sekarang">{STATUSES[status].label}</Cell>
              </Row>
            ))}
          </Table>
          <Form action="/programmes/changes/approval">
            <HiddenField name="key" value={formKey} />
            {ready.map(({ id, seen }) => <HiddenField name="ticked" value={`${id}~${seen}`} />)}
            <TextArea name="note" label="Catatan untuk semuanya" rows={2} maxlength={1000} />
            <ActionBar><Button>{`Setujui ${ready.length} usulan`}</Button><LinkButton href="/programmes/changes?tab=mine" tone="quiet">Kembali</LinkButton></ActionBar>
          </Form>
        </>
      )}
      {ready.length === 0 && <p><LinkButton href="/programmes/changes?tab=mine">Kembali ke antrean</LinkButton></p>}
    </Stack>
  )
}
