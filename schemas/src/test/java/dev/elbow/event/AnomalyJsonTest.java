package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnomalyJsonTest {

  @Test
  void givesTheSameRecordAndModelTheSameId() {
    // printf 'observations\n3\n81234\n6e34…a01d' | sha256sum | cut -c 1-32
    assertThat(Anomaly.idOf(Events.SOURCE, Events.MODEL))
        .isEqualTo("da1df022c818bcd3acaab010f9177d38");
  }

  @Test
  void givesTheSameIdWhereDigitsAreWrittenDifferently() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(Anomaly.idOf(Events.SOURCE, Events.MODEL))
          .isEqualTo("da1df022c818bcd3acaab010f9177d38");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void readsAnAnomalyWithFieldsItDoesNotKnow() {
    String json = new String(AnomalyJson.encode(Events.anomaly()), UTF_8);

    assertThat(AnomalyJson.decode(json.replaceFirst("\\{", "{\"later\":[1],").getBytes(UTF_8)))
        .isEqualTo(Events.anomaly());
  }

  @Test
  void namesTheFieldThatIsNotAsItMustBe() {
    String json = new String(AnomalyJson.encode(Events.anomaly()), UTF_8);

    assertThatThrownBy(
            () -> AnomalyJson.decode(json.replace("\"kl\":3.25", "\"kl\":\"3\"").getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("anomaly: kl: expected a number, found \"3\"");
    assertThatThrownBy(
            () -> AnomalyJson.decode(json.replace("\"offset\":", "\"off\":").getBytes(UTF_8)))
        .hasMessage("anomaly: source.offset: expected a whole number, found nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "{\"id\":1}"})
  void refusesWhatIsNoAnomaly(String json) {
    assertThatThrownBy(() -> AnomalyJson.decode(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("anomaly: ");
  }
}
