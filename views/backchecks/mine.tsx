import type { MyRevisit } from '#app/backchecks/revisits.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const MinePage = ({ open, done, today }: { open: MyRevisit[], done: MyRevisit[], today: string }) => (
  <Stack>
    <PageHead title="Kunjungan ulang saya" lead="Datangi lagi rumah ini dan tanyakan beberapa hal. Jawaban petugas sebelumnya sengaja tidak ditampilkan." />
    <Notice tone="info"><p>Halaman ini perlu sinyal. Bila di rumahnya tidak ada sinyal, catat di kertas dan ambil fotonya di sana, lalu isi begitu ada sinyal.</p></Notice>
    {open.length === 0
      ? <EmptyState title="Tidak ada kunjungan ulang untuk Anda">Bila ada undian baru, daftarnya tampil di sini.</EmptyState>
      : (
        <Table caption={`${open.length} rumah perlu dikunjungi`} columns={['Rumah tangga', 'Alamat', 'Desa/kelurahan', 'Paling lambat']}>
          {open.map(({ id, headName, address, slsName, village, dueOn }) => (
            <Row tone={dueOn < today ? 'bad' : undefined}>
              <Cell label="Rumah tangga" lead><a href={`/backchecks/mine/${id}`}>{headName}</a></Cell>
              <Cell label="Alamat">{[address, slsName].filter(Boolean).join(', ')}</Cell>
              <Cell label="Desa/kelurahan">{village}</Cell>
              <Cell label="Paling lambat"><div>{formatDate(dueOn)}{dueOn < today && <> <Badge tone="bad">Lewat batas</Badge></>}</div></Cell>
            </Row>
          ))}
        </Table>
      )}
    {done.length > 0 && (
      <Card title="Terakhir dikirim">
        <Table caption="Terakhir dikirim" hideCaption dense columns={['Rumah tangga', 'Desa/kelurahan', 'Dikirim']}>
          {done.map(({ headName, village, submittedAt }) => (
            <Row><Cell label="Rumah tangga" lead>{headName}</Cell><Cell label="Desa/kelurahan">{village}</Cell><Cell label="Dikirim">{formatDateTime(submittedAt)}</Cell></Row>
          ))}
        </Table>
      </Card>
    )}
  </Stack>
)
