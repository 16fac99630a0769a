import type { Word } from '#app/programmes/settings.ts'
import { listName, type ListProps } from '#views/payments/list.tsx'
import { PAYMENT_KIND, PAYMENTS_TRAIL } from '#views/payments/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { FileField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import type { PaymentKind } from '#app/payments/payments.ts'

type Props = { list: ListProps['list'], statuses: Word[], reasons: Word[], source?: string, problem?: { message: string, fields: Record<string, string>, status?: number } }

export const ResultUploadPage = ({ list, statuses, reasons, source, problem }: Props) => (
  <Stack>
    <PageHead title="Unggah hasil salur" trail={[PAYMENTS_TRAIL, { href: `/payments/lists/${list.id}`, label: listName(list) }]} lead="Berkas CSV atau XLSX dari bank, Pos, atau SIKS-NG. Hasil bacaan diperlihatkan dahulu; belum ada yang berubah." />
    {problem && <ProblemPanel problem={problem} />}
    <Card>
      <Form action={`/payments/lists/${list.id}/results`} upload guard={false}>
        <TextField name="source" label="Sumber" required value={source} maxlength={200} hint="Misalnya: laporan penyaluran BRI 12 Maret 2026" error={problem?.fields.source} />
        <FileField name="file" label="Berkas hasil" required accept=".csv,.xlsx,text/csv" hint="CSV atau XLSX, paling besar 200 MB" error={problem?.fields.file} />
        <div class="action-bar"><Button>Unggah dan baca</Button></div>
      </Form>
    </Card>
    <Card title="Susunan berkas" actions={<LinkButton href="/payments/template.csv" download>Unduh contoh CSV</LinkButton>}>
      <Facts items={[
        { label: 'no_peserta, no_kks, atau nik', value: 'Untuk menemukan penerima dalam daftar salur ini. Paling sedikit satu; jadikan kolomnya teks di Excel.', wide: true },
        { label: 'status', value: `Wajib. ${statuses.map(({ label, kind }) => `${label} (${PAYMENT_KIND[kind as PaymentKind].label.toLowerCase()})`).join(', ')}.`, wide: true },
        { label: 'alasan', value: `Untuk yang gagal: ${reasons.map(({ label }) => label).join(', ')}.`, wide: true },
        { label: 'nominal', value: 'Boleh kosong. Bila ada, yang berhasil harus sama dengan daftar salur; 600000, 600.000, dan Rp600.000,00 terbaca sama.', wide: true },
        { label: 'catatan', value: 'Boleh kosong.', wide: true },
      ]} />
    </Card>
  </Stack>
)
