import { Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'
import { NewPinForm, PinField } from '#views/offline/pin.tsx'
import { SendingState, type Sending } from '#views/offline/sending.tsx'

export type Shut = 'locked' | 'blocked' | 'expired' | 'clock' | 'revoked'
type Errors = Record<string, string>
// next: where the officer was going. typed: what was just posted there and waits for the PIN.
export type LockProps = {
  state: Shut, name: string, next: string, typed?: [name: string, value: string][], errors?: Errors, newPinErrors?: Errors
  others: { id: string, name: string }[], sending: Sending, problem?: string
}

export const LockPage = (props: LockProps) => (
  <Narrow>
    <PageHead title={props.state === 'revoked' ? 'HP ini dicabut' : 'HP ini terkunci'} lead={`Data tugas ${props.name}.`} />
    {props.problem && <Notice tone="bad"><p>{props.problem}</p></Notice>}
    <Card>{SHUT[props.state](props)}</Card>
    <Card title="Kiriman">
      <SendingState {...props.sending} />
      <PostButton action="/field/device/sync" tone="secondary" data-send-now="yes">Kirim sekarang</PostButton>
    </Card>
    {props.others.length > 0 && (
      <Card title={`Bukan ${props.name}?`}>
        <p>Petugas lain yang juga memakai HP ini:</p>
        {props.others.map(({ id, name }) => <PostButton action="/field/device/user" fields={{ user: id }} tone="secondary">{name}</PostButton>)}
      </Card>
    )}
  </Narrow>
)

const PinForm = ({ next, typed, errors }: LockProps) => (
  <Form action="/field/device/unlock" guard={false}>
    {typed && typed.length > 0 && <Notice tone="info"><p>Isian Anda belum hilang. Masukkan PIN; isian itu langsung disimpan.</p></Notice>}
    <PinField error={errors?.pin} />
    <Button>Buka</Button>
    <HiddenField name="next" value={next} />
    {typed && <HiddenField name="again" value="post" />}
    {typed?.map(([name, value]) => <HiddenField name={`typed.${name}`} value={value} />)}
  </Form>
)

const Contact = () => (
  <>
    <p><LinkButton href="/session?next=/field/device">Masuk dengan kata sandi</LinkButton></p>
    <PostButton action="/field/device/contact">Hubungi server</PostButton>
  </>
)

const SHUT: Record<Shut, (props: LockProps) => Child> = {
  locked: (props) => (
    <>
      <PinForm {...props} />
      <Confirm label="Lupa PIN?" tone="quiet" open={props.newPinErrors !== undefined}>
        <p><a href="/session?next=/field/device">Masuk dahulu dengan kata sandi</a>, lalu buat PIN baru.</p>
        <NewPinForm errors={props.newPinErrors} />
      </Confirm>
    </>
  ),
  blocked: (props) => (
    <>
      <Notice tone="warn" title="PIN salah sepuluh kali"><p>Kunjungan Anda tetap aman. <a href="/session?next=/field/device">Masuk dengan kata sandi</a>, lalu buat PIN baru.</p></Notice>
      <NewPinForm errors={props.newPinErrors} />
    </>
  ),
  expired: () => (
    <>
      <Notice tone="warn" title="Sudah terlalu lama tidak menghubungi server"><p>Kunjungan Anda tetap aman di HP. Cari sinyal, masuk dengan kata sandi, lalu tekan “Hubungi server”.</p></Notice>
      <Contact />
    </>
  ),
  clock: ({ next }) => (
    <>
      <Notice tone="warn" title="Jam HP ini keliru"><p>Jam HP menunjuk waktu sebelum HP ini terakhir terhubung. Betulkan tanggal dan jam HP, lalu buka lagi; atau hubungi server.</p></Notice>
      <p><LinkButton href={next}>Buka lagi</LinkButton></p>
      <Contact />
    </>
  ),
  revoked: ({ newPinErrors }) => (
    <>
      <Notice tone="bad" title="Dinsos mencabut izin HP ini"><p>Daftar tugas sudah dihapus dari HP. Kunjungan yang belum terkirim tetap tersegel di HP dan tidak hilang. Hubungi Dinsos kabupaten.</p></Notice>
      <Confirm label="Sudah diizinkan lagi? Siapkan ulang" open={newPinErrors !== undefined}>
        <p><a href="/session?next=/field/device">Masuk dengan kata sandi</a>, lalu buat PIN baru. Daftar tugas diunduh lagi.</p>
        <NewPinForm action="/field/device/prepare" errors={newPinErrors} />
      </Confirm>
    </>
  ),
}
