import type { PrelistRow } from '#app/assignments/listing.ts'
import type { Revocation } from '#app/assignments/taking.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea, TextField } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatDateTime, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: PrelistRow[], next?: number, q: string, own: PrelistRow[], revoked: Revocation[], villages: { code: string, name: string }[], formKey: string }

export const AvailablePage = ({ rows, next, q, own, revoked, villages, formKey }: Props) => (
  <div class="stack">
    <PageHead title="Ambil tugas dari prelist" trail={[{ href: '/field', label: 'Tugas lapangan' }]}
      lead="Baris prelist di desa Anda yang belum dipegang petugas."
      actions={villages.map(({ code, name }) => <LinkButton href={`/prelist/print?village=${code}`}>{`Cetak prelist ${name}`}</LinkButton>)} />
    {revoked.length > 0 && <Revoked revoked={revoked} />}
    <Filters action="/prelist/available" clearHref={q ? '/prelist/available' : undefined} label="Cari baris">
      <TextField name="q" type="search" label="Nama KRT atau alamat" value={q} maxlength={60} />
    </Filters>
    {rows.length === 0
      ? <EmptyState title={q ? 'Tidak ada baris yang cocok' : 'Semua baris sudah dipegang petugas'}>{q ? 'Coba sebagian nama atau alamat saja.' : 'Baris baru muncul di sini setelah Dinsos menerbitkan prelist.'}</EmptyState>
      : <Free rows={rows} next={next} q={q} />}
    {own.length > 0 && <Own own={own} formKey={formKey} />}
  </div>
)

const Revoked = ({ revoked }: { revoked: Revocation[] }) => (
  <Notice tone="warn" title="Ditarik dari Anda dalam 14 hari terakhir">
    <ul>{revoked.map(({ headName, byName, at, note }) => (
      <li><strong>{headName}</strong>{` ditarik ${byName ?? 'Dinsos'}, ${formatDateTime(at)}: “${note}”`}</li>
    ))}</ul>
  </Notice>
)

const Free = ({ rows, next, q }: Pick<Props, 'rows' | 'next' | 'q'>) => (
  <Form action="/prelist/taking" guard={false} hx-post="/prelist/taking">
    <RowTable caption="Belum dipegang petugas" bodyId="tersedia" rows={rows} />
    <Pager nextHref={next ? `/prelist/available?${new URLSearchParams({ q, after: String(next) })}` : undefined} bodyId="tersedia" />
    <ActionBar>
      <label class="choice" data-choose-all="household" hidden><input type="checkbox" /><span>Pilih semua yang tampil</span></label>
      <Button>Ambil</Button>
    </ActionBar>
  </Form>
)

const RowTable = ({ caption, bodyId, rows }: { caption: string, bodyId: string, rows: PrelistRow[] }) => (
  <Table caption={caption} bodyId={bodyId} columns={['Kepala rumah tangga', 'NIK', 'Alamat', { label: 'ART', align: 'right' }, 'Tahap']}>
    {rows.map((row) => (
      <Row>
        <Cell label="Kepala rumah tangga" lead>
          <label class="choice"><input type="checkbox" name="household" value={row.id} /><span>{row.headName}</span></label>
        </Cell>
        <Cell label="NIK">{row.headNik ? maskNik(row.headNik) : '–'}</Cell>
        <Cell label="Alamat">{[row.address, row.slsName].filter(Boolean).join(', ') || '–'}</Cell>
        <Cell label="ART" align="right">{row.memberCount}</Cell>
        <Cell label="Tahap"><Badge>{STAGE_WORDS[row.stage]}</Badge></Cell>
      </Row>
    ))}
  </Table>
)

const Own = ({ own, formKey }: Pick<Props, 'own' | 'formKey'>) => (
  <Card title="Lepaskan tugas Anda">
    <p>Bila Anda tidak bisa mengunjungi suatu rumah tangga, lepaskan agar petugas lain dapat mengambilnya.</p>
    <Form action="/prelist/release" guard={false} hx-post="/prelist/release">
      <HiddenField name="key" value={formKey} />
      <RowTable caption="Tugas Anda yang masih bisa dilepas" bodyId="milik" rows={own} />
      <Confirm label="Lepaskan yang dipilih">
        <TextArea name="note" label="Alasan" required maxlength={500} />
        <Button tone="danger">Lepaskan</Button>
      </Confirm>
    </Form>
  </Card>
)
