//! How many requests a sender may send in how much time.

use std::{num::NonZeroU32, time::Duration};

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

use crate::{problem::Problem, sender::Sender};

/// The allowance of each sender: so many requests at once, and so many more each second.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many requests a sender that rested can send at once.
    pub burst: NonZeroU32,
    /// How many requests a second it gets back.
    pub per_second: NonZeroU32,
}

impl Default for Limits {
    /// Ten thousand at once, a thousand a second: above what a person or the extension's own commands
    /// send, below what a loop that has gone wild does.
    fn default() -> Self {
        Self::of(NonZeroU32::new(1_000).unwrap_or(NonZeroU32::MIN))
    }
}

impl Limits {
    /// So many requests a second, and ten times as many at once.
    #[must_use]
    pub fn of(per_second: NonZeroU32) -> Self {
        Self { burst: per_second.saturating_mul(NonZeroU32::new(10).unwrap_or(NonZeroU32::MIN)), per_second }
    }
}

type Limiter = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// What each sender has left.
#[derive(Debug)]
pub(crate) struct Allowances {
    limits: Limits,
    limiter: Limiter,
}

impl Allowances {
    /// A full allowance for everybody.
    pub(crate) fn new(limits: Limits) -> Self {
        let quota = Quota::per_second(limits.per_second).allow_burst(limits.burst);
        Self { limits, limiter: RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>() }
    }

    /// Takes one request off a sender's allowance; gives the headers that say what is left.
    ///
    /// # Errors
    /// 429 where nothing is left.
    pub(crate) fn take(&self, sender: &Sender) -> Result<[(HeaderName, HeaderValue); 2], Problem> {
        match self.limiter.check_key(&sender.key()) {
            Ok(left) => Ok(self.headers(left.remaining_burst_capacity())),
            Err(until) => {
                let seconds = whole_seconds(until.wait_time_from(self.limiter.clock().now())).max(1);
                let detail = format!("'{}' has sent too many requests; send again in {seconds} s.", sender.name());
                let refused = Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", detail);
                let [policy, left] = self.headers(0);
                let retry = (header::RETRY_AFTER, HeaderValue::from(seconds));
                Err(refused.header(policy).header(left).header(retry))
            }
        }
    }

    fn headers(&self, left: u32) -> [(HeaderName, HeaderValue); 2] {
        let Limits { burst, per_second } = self.limits;
        let full_in = |missing: u32| u64::from(missing).div_ceil(u64::from(per_second.get()));
        let policy = format!("\"default\";q={burst};w={}", full_in(burst.get()).max(1));
        let left = format!("\"default\";r={left};t={}", full_in(burst.get().saturating_sub(left)));
        [("ratelimit-policy", policy), ("ratelimit", left)].map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("")))
        })
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
