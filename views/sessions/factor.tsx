import type { FactorState } from '#app/sessions/factors.ts'
import { PasskeyCard, type KeyProps } from '#views/sessions/passkeys.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton, PostButton, PrintButton } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Problem = { message: string, fields: Record<string, string> }
type Asked = 'first' | 'key' | 'codes' | 'removal'
type Props = { factor: FactorState, problem?: Problem, asked?: Asked }
type PageProps = Props & KeyProps
const TRAIL = [{ href: '/account', label: 'Akun saya' }]

export const FactorPage = ({ factor, problem, asked, ...keys }: PageProps) => (
  <Stack>
    <PageHead title="Verifikasi dua langkah" trail={factor.isCompulsory && !factor.isSet ? undefined : TRAIL}
      lead="Selain kata sandi, masuk memerlukan kode 6 angka dari HP Anda atau kunci perangkat. Kata sandi yang dicuri saja tidak lagi cukup." />
    {problem && <ProblemPanel problem={problem} />}
    {factor.pending ? <SetUp factor={factor} problem={asked === 'first' ? problem : undefined} />
      : factor.confirmedAt ? <Manage factor={factor} problem={problem} asked={asked} /> : <Begin factor={factor} />}
    {factor.isSet && !factor.confirmedAt && <Codes factor={factor} />}
    <PasskeyCard factor={factor} {...keys} />
  </Stack>
)

const Begin = ({ factor: { isCompulsory, isSet } }: Props) => (
  <>
    {isCompulsory && !isSet && <Notice tone="warn" title="Wajib untuk peran Anda"><p>Anda bisa bekerja setelah verifikasi dua langkah terpasang. Perlu sekitar dua menit. Pilih salah satu: aplikasi autentikator, atau kunci perangkat di bawah.</p></Notice>}
    <Card title="Aplikasi autentikator">
      <ul class="bulleted">
        <li>HP dengan aplikasi autentikator: misalnya Aegis, FreeOTP, Google Authenticator, atau Microsoft Authenticator. Aplikasi ini bekerja tanpa sinyal.</li>
        <li>Tempat menyimpan sepuluh kode pemulihan: kertas di laci terkunci, atau pengelola kata sandi.</li>
      </ul>
      <PostButton action="/account/factor/key" tone="primary">Mulai memasang</PostButton>
    </Card>
  </>
)

const SetUp = ({ factor: { pending, username }, problem }: Props) => (
  <Card title="Pindai, lalu ketik kodenya">
    <p>Di aplikasi autentikator pilih “tambah akun”, lalu pindai gambar ini.</p>
    <QrCode squares={pending!.squares} />
    <p>Tidak bisa memindai? Pilih “masukkan kunci” dan ketik, dengan nama akun <strong>SIKS: {username}</strong>, jenis berbasis waktu:</p>
    <p><code class="secret">{pending!.groups}</code></p>
    <Form action="/account/factor" guard={false}>
      <TextField name="code" label="Kode 6 angka yang tampil" required inputmode="numeric" autocomplete="one-time-code" maxlength={7} width="short" error={problem?.fields.code} />
      <Button>Pasang</Button>
    </Form>
    <PostButton action="/account/factor/key/abandonment" tone="quiet" small>Batalkan pemasangan</PostButton>
  </Card>
)

// One path of unit squares: sharp at any size and on paper, black on white whatever the page's colours.
const QrCode = ({ squares }: { squares: boolean[][] }) => (
  <svg class="qr" viewBox={`0 0 ${squares.length} ${squares.length}`} width="232" height="232" role="img" aria-label="Kode QR untuk aplikasi autentikator" shape-rendering="crispEdges">
    <rect width="100%" height="100%" fill="#fff" />
    <path fill="#000" d={squares.flatMap((row, y) => row.flatMap((dark, x) => dark ? [`M${x} ${y}h1v1h-1z`] : [])).join('')} />
  </svg>
)

const HINT = 'Enam angka dari aplikasi autentikator, atau satu kode pemulihan.'
const Present = ({ id, problem }: { id: string, problem?: Problem }) => (
  <TextField name="code" id={problem ? undefined : id} label="Kode verifikasi sekarang" required autocomplete="one-time-code" maxlength={24} width="medium" hint={HINT} error={problem?.fields.code} />
)

const Manage = ({ factor: { confirmedAt, left, isCompulsory, passkeys }, problem, asked }: Props) => (
  <Card title={`Terpasang sejak ${formatDate(confirmedAt)}`}>
    <p>Kode pemulihan tersisa: <strong>{left} dari 10</strong>.</p>
    <Confirm label="Buat kode pemulihan baru" open={asked === 'codes'}>
      <p>Sepuluh kode baru ditampilkan satu kali. Kode yang lama tidak berlaku lagi.</p>
      <Form action="/account/factor/recovery-codes" guard={false}><Present id="f-codes" problem={asked === 'codes' ? problem : undefined} /><Button>Buat kode baru</Button></Form>
    </Confirm>
    <Confirm label="Pindah ke HP atau aplikasi lain" open={asked === 'key'}>
      <p>HP lama tetap berlaku sampai kode dari HP baru Anda ketik.</p>
      <Form action="/account/factor/key" guard={false}><Present id="f-key" problem={asked === 'key' ? problem : undefined} /><Button>Lanjut ke HP baru</Button></Form>
    </Confirm>
    {(!isCompulsory || passkeys.some(({ blockedAt }) => !blockedAt)) && (
      <Confirm label="Lepas aplikasi autentikator" tone="danger" open={asked === 'removal'}>
        <p>{passkeys.length > 0 ? 'Setelah dilepas, langkah kedua hanya dengan kunci perangkat atau kode pemulihan.' : 'Setelah dilepas, kata sandi saja cukup untuk masuk.'}</p>
        <Form action="/account/factor/removal" guard={false}><Present id="f-removal" problem={asked === 'removal' ? problem : undefined} /><Button tone="danger">Lepas</Button></Form>
      </Confirm>
    )}
  </Card>
)

// For whoever has keys of devices alone: no code is asked, having signed in a short while ago is.
const Codes = ({ factor: { left } }: Props) => (
  <Card title="Kode pemulihan">
    <p>Kode pemulihan tersisa: <strong>{left} dari 10</strong>.</p>
    <Confirm label="Buat kode pemulihan baru">
      <p>Sepuluh kode baru ditampilkan satu kali. Kode yang lama tidak berlaku lagi.</p>
      <PostButton action="/account/factor/recovery-codes" tone="primary">Buat kode baru</PostButton>
    </Confirm>
  </Card>
)

export const RecoveryCodesPage = ({ codes, username, lead = 'Kode yang lama tidak berlaku lagi.' }: { codes: string[], username: string, lead?: string }) => (
  <Stack>
    <PageHead title="Kode pemulihan" trail={TRAIL} lead={lead} />
    <Notice tone="warn" title="Simpan sekarang: hanya tampil satu kali">
      <p>Bila HP hilang atau rusak, satu kode ini menggantikan kode dari HP. Tiap kode berlaku satu kali. Jangan simpan di HP yang sama.</p>
    </Notice>
    <Card title={`Kode pemulihan SIKS untuk ${username}`}>
      <ol class="codes">{codes.map((code) => <li><code>{code}</code></li>)}</ol>
      <ActionBar><PrintButton /><LinkButton href="/" tone="primary">Sudah saya simpan, lanjut</LinkButton></ActionBar>
    </Card>
  </Stack>
)
