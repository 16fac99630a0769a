import { html } from 'hono/html'
import type { Child, Tone } from '#views/ui/types.ts'
import { Count, Notice } from '#views/ui/badge.tsx'
import { assetUrl } from '#views/ui/assets.ts'
import { drawnOnce } from '#views/ui/drawn.ts'

export type NavigationItem = { href: string, label: string, current?: boolean, count?: number, group?: string }
type Who = { name: string, roleLabel: string, regionLabel?: string }

// How the phone stands, on every page that the phone itself makes.
export type PhoneStatus = { tone: Tone, words: string }

export type LayoutProps = {
  title: string
  actor: Who | null
  navigation: NavigationItem[]
  flash?: string | { tone: Tone, text: string } | null
  wide?: boolean
  signOutAction?: string
  // Whose page a server's page is; the phone is told, so that it never shows it to another.
  userId?: string
  worksOffline?: boolean
  phone?: PhoneStatus
  children?: Child
}

// No eval and no injected style: the content security policy forbids both. A refusal never replaces what the user
// was working on: its panel is shown above the page.
const HTMX = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '[45]..', swap: true, error: true, target: '#pesan', swapOverride: 'innerHTML show:#pesan:top', select: '#problem' },
  ],
})

export const Layout = ({ title, actor, navigation, flash, wide, signOutAction = '/session/end', userId, worksOffline, phone, children }: LayoutProps) => (
  <>
    {html`<!doctype html>`}
    <html lang="id">
      <Head title={title} userId={userId} worksOffline={worksOffline} />
      <body data-phone={phone ? 'yes' : undefined} hx-history={phone ? 'false' : undefined}>
        <a class="skip" href="#isi">Langsung ke isi</a>
        <header class="masthead">
          <div class="frame">
            <Brand />{' '}
            {actor && !phone && <Glass />}
            {actor && <Account who={actor} signOutAction={signOutAction} />}
          </div>
        </header>
        {navigation.length > 0 && <Navigation items={navigation} inPlace={phone !== undefined} />}
        {phone && <PhoneLine {...phone} />}
        <main id="isi" class={wide ? 'frame wide' : 'frame'} tabindex={-1} hx-boost={phone ? 'true' : undefined}>
          <div id="pesan">{flash && <Flash flash={typeof flash === 'string' ? { tone: 'good', text: flash } : flash} />}</div>
          {children}
        </main>
        <Foot isSignedIn={actor !== null} />
      </body>
    </html>
  </>
)

const Flash = ({ flash: { tone, text } }: { flash: { tone: Tone, text: string } }) => (
  <Notice tone={tone}><p>{text}</p></Notice>
)

const PhoneLine = ({ tone, words }: PhoneStatus) => (
  <p class={`phone-line ${tone}`} data-phone-line><a class="frame" href="/field/device">{words}</a></p>
)

const Head = ({ title, userId, worksOffline }: Pick<LayoutProps, 'title' | 'userId' | 'worksOffline'>) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="theme-color" content="#0b4a4c" />
    <meta name="htmx-config" content={HTMX} />
    <title>{`${title} · SIKS`}</title>
    <link rel="stylesheet" href={assetUrl('app.css')} />
    <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
    {worksOffline && <link rel="manifest" href={assetUrl('app.webmanifest')} />}
    {userId && <meta name="siks-user" content={userId} />}
    {worksOffline && <meta name="siks-worker" content="/worker.js" />}
    <script src={assetUrl('htmx.min.js')} defer></script>
    <script src={assetUrl('app.js')} defer></script>
  </head>
)

const Brand = () => (
  <a class="brand" href="/">
    <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <path class="brand-roof" d="M16 3 2 14l2.4 3L16 8l11.6 9 2.4-3z" />
      <path class="brand-wall" d="M7 18.5 16 11.6l9 6.9V28H7z" />
      <path class="brand-mark" d="m11 21 4 4 7-8-2-1.6-5.1 6-2-2z" />
    </svg>
    <span><strong>SIKS</strong> <small>Sistem Informasi Kesejahteraan Sosial</small></span>
  </a>
)

// With script a box over the page (palette.js); without it a page of its own. The phone alone cannot answer it.
const Glass = () => (
  <a class="glass" href="/finder" data-palette aria-keyshortcuts="/ Control+K" title="Cari (/ atau Ctrl+K)">
    <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5" /><path d="m15.5 15.5 5 5" /></svg>
    <span>Cari</span>
  </a>
)

const Account = ({ who, signOutAction }: { who: Who, signOutAction: string }) => (
  <div class="account">
    <p><strong><a href="/account" title="Akun saya">{who.name}</a></strong> <span>{who.roleLabel}</span> {who.regionLabel && <span>{who.regionLabel}</span>}</p>
    <form method="post" action={signOutAction}><button class="button small on-dark">Keluar</button></form>
  </div>
)

// A row that scrolls by touch or keyboard, or groups that open; no menu button, so nothing depends on script.
// inPlace: on the phone its own pages change in place (static/behaviours/in-place.js).
const Navigation = drawnOnce(({ items, inPlace }: { items: NavigationItem[], inPlace: boolean }) => {
  const groups = [...new Set(items.flatMap(({ group }) => group ?? []))]
    .map((name) => ({ name, own: items.filter(({ group }) => group === name) }))
  return (
    <nav class={groups.length > 0 ? 'navigation grouped' : 'navigation'} aria-label="Menu utama">
      <ul class="frame">
        {items.filter(({ group }) => !group).map((item) => <Entry item={item} inPlace={inPlace} />)}
        {groups.map(({ name, own }) => own.length > 1 ? <Group name={name} items={own} inPlace={inPlace} /> : <Entry item={own[0]!} inPlace={inPlace} />)}
      </ul>
    </nav>
  )
}, 200)

const Entry = ({ item: { href, label, current, count }, inPlace }: { item: NavigationItem, inPlace: boolean }) => (
  <li>
    <a href={href} aria-current={current ? 'page' : undefined} hx-boost={inPlace && href === '/field' ? 'true' : undefined}>
      {label}{count ? <Count value={count} label="menunggu" /> : null}
    </a>
  </li>
)

// What waits anywhere in it stands on the closed group.
const Group = ({ name, items, inPlace }: { name: string, items: NavigationItem[], inPlace: boolean }) => {
  const waiting = items.reduce((sum, { count = 0 }) => sum + count, 0)
  return (
    <li>
      <details name="menu">
        <summary aria-current={items.some(({ current }) => current) ? 'true' : undefined}>{name}{waiting > 0 && <Count value={waiting} label="menunggu" />}</summary>
        <ul>{items.map((item) => <Entry item={item} inPlace={inPlace} />)}</ul>
      </details>
    </li>
  )
}

const Foot = ({ isSignedIn }: { isSignedIn: boolean }) => (
  <footer class="foot">
    <div class="frame">
      <p>SIKS · Pemutakhiran data kesejahteraan sosial dari desa.{isSignedIn && <> <a href="/account">Akun saya</a> · <a href="/guide">Panduan</a></>}</p>
      {isSignedIn ? <p>Data di halaman ini rahasia. Gunakan hanya untuk tugas.</p> : <p><a href="/cek">Cek Bansos</a> · <a href="/lapor">Usul dan sanggah</a></p>}
    </div>
  </footer>
)
