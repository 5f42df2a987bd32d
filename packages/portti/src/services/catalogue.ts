import type { ServiceFacts } from '../policy/service-facts.ts'
import { adSegments } from './ad-segments.ts'
import { facebook } from './facebook.ts'
import { facebookLogin } from './facebook-login.ts'
import { googleAds } from './google-ads.ts'
import { googleAnalytics } from './google-analytics.ts'
import { googlePlus } from './google-plus.ts'
import { googleSignals } from './google-signals.ts'
import { googleTagManager } from './google-tag-manager.ts'
import { hotjar } from './hotjar.ts'
import { instagram } from './instagram.ts'
import { linkedin } from './linkedin.ts'
import { linkedinInsight } from './linkedin-insight.ts'
import { metaPixel } from './meta-pixel.ts'
import { microsoftClarity } from './microsoft-clarity.ts'
import { paytrail } from './paytrail.ts'
import { session } from './session.ts'
import { universalAnalytics } from './universal-analytics.ts'
import { x } from './x.ts'
import { youtube } from './youtube.ts'
import { zef } from './zef.ts'

const services: readonly ServiceFacts[] = [
  session,
  paytrail,
  googleAnalytics,
  universalAnalytics,
  googleSignals,
  googleTagManager,
  googleAds,
  metaPixel,
  facebook,
  linkedin,
  linkedinInsight,
  x,
  instagram,
  googlePlus,
  microsoftClarity,
  hotjar,
  facebookLogin,
  youtube,
  zef,
  adSegments,
]

/** Every service we know, by id; the first of two that name the same address goes first. */
export const catalogue: ReadonlyMap<string, ServiceFacts> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ services.map((service) => [service.id, service]),
)
