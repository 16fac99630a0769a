import type { CheckedCertificate } from '#app/certificates/checking.ts'
import { PURPOSE_WORDS } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { code: string, result?: CheckedCertificate, problem?: { message: string, fields: Record<string, string>, status: number } }

export const CheckPage = ({ code, result, problem }: Props) => (
  <Narrow>
    <PageHead title="Periksa surat keterangan" lead="Untuk sekolah, rumah sakit, dan siapa pun yang menerima surat keterangan terdaftar atau tidak terdaftar. Kodenya tercetak di bawah surat." />
    {problem && <ProblemPanel problem={problem} labels={{ code: 'Kode' }} />}
    {result && <Result result={result} />}
    <Card title={result ? 'Periksa surat lain' : undefined}>
      <Form action="/cek/surat" guard={false}>
        <TextField name="code" label="Kode pemeriksaan" required maxlength={40} autocomplete="off" value={result ? '' : code} hint="Dua belas huruf, misalnya BCDF-GHJK-MNPQ" />
        <Button>Periksa</Button>
      </Form>
    </Card>
    <p class="hint">Yang ditampilkan hanya nama yang disamarkan dan keadaan surat. Cocokkan dengan surat yang Anda pegang.</p>
  </Narrow>
)

const HEADS = { valid: 'Surat ini asli dan berlaku', expired: 'Surat ini asli, tetapi masa berlakunya lewat', revoked: 'Surat ini sudah dicabut' } as const
const TONES = { valid: 'good', expired: 'warn', revoked: 'bad' } as const

const isDoubted = (result: CheckedCertificate) => result.kind === 'absent' ? result.isFoundNow : result.isStillRegistered && result.isHeld

const standing = (result: CheckedCertificate): string => {
  if (result.kind === 'absent') return result.isFoundNow ? 'NIK-nya sekarang tercatat; surat ini tidak benar lagi' : 'Masih tidak terdaftar'
  if (!result.isStillRegistered) return 'Rumah tangganya tidak terdaftar lagi; tanyakan ke penerbit surat'
  return result.isHeld ? 'Rumah tangganya terdaftar, tetapi menunggu keputusan' : 'Rumah tangganya masih terdaftar'
}

const Result = ({ result }: { result: CheckedCertificate }) => (
  <Card id="hasil" tone={result.state === 'valid' && isDoubted(result) ? 'warn' : TONES[result.state]} title={HEADS[result.state]}>
    {isDoubted(result) && (result.kind === 'absent'
      ? <Notice tone="warn" title="Tidak benar lagi"><p>Sesudah surat ini dibuat, NIK orang ini tercatat. Tanyakan kepada penerbit surat.</p></Notice>
      : <Notice tone="warn" title="Sedang diperiksa ulang"><p>Sesudah surat ini dibuat, rumah tangganya tidak ditemukan pada kunjungan petugas dan menunggu keputusan. Tanyakan kepada penerbit surat sebelum memakainya.</p></Notice>)}
    <Facts compact items={[
      { label: 'Menerangkan', value: result.kind === 'absent' ? 'Tidak terdaftar' : 'Terdaftar' }, { label: 'Nomor surat', value: result.letterNumber }, { label: 'Dikeluarkan oleh', value: result.isVillage ? `Desa/Kelurahan ${result.office}` : `Dinas Sosial ${result.office}` },
      { label: 'Untuk (nama disamarkan)', value: result.name }, { label: 'Keperluan', value: PURPOSE_WORDS[result.purpose] },
      { label: 'Tanggal surat', value: formatDate(result.issuedOn) }, { label: 'Berlaku sampai', value: formatDate(result.validUntil) },
      { label: 'Keadaan hari ini', value: standing(result) },
    ]} />
  </Card>
)
