package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampaignTest {

  @Test
  void beginsWithTheFirstSeedOfAll() {
    Campaign campaign =
        Campaign.of(
            List.of(Scenario.SWAP, Scenario.CONTROL),
            List.of(Guarantee.EXACTLY_ONCE_V2, Guarantee.AT_LEAST_ONCE),
            2,
            Map.of());

    assertThat(campaign.plan())
        .extracting(Campaign.Planned::name)
        .containsExactly(
            "swap-exactly_once_v2-1",
            "swap-at_least_once-1",
            "control-exactly_once_v2-1",
            "control-at_least_once-1",
            "swap-exactly_once_v2-2",
            "swap-at_least_once-2",
            "control-exactly_once_v2-2",
            "control-at_least_once-2");
  }
}
