package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeTest {

  @Test
  void hasAnotherIdThanItsFirstAnomaly() {
    // printf 'observations\n3\n81234\n6e34…a01d\nepisode' | sha256sum | cut -c 1-32
    assertThat(Episode.idOf(Events.SOURCE, Events.MODEL))
        .isEqualTo("588eba4c18e6136eb4070888136191a1")
        .isNotEqualTo(Anomaly.idOf(Events.SOURCE, Events.MODEL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"status\":\"ongoing\" | \"status\":\"over\" | episode: status: expected started, ongoing or ended, found \"over\"",
        "\"status\":\"ongoing\" | \"status\":\"ended\" | episode: reason: expected one if and only if the episode has ended, found none",
        "\"anomalies\":4,\"shifted\" | \"anomalies\":11,\"shifted\" | episode: anomalies: expected 1 to 10, the number of rows, found 11",
        "\"shifted\":true | \"shifted\":1 | episode: shifted: expected true or false, found 1",
        "\"last\":{\"topic\" | \"last\":{\"t\" | episode: last.topic: expected a string, found nothing",
        "\"most\":36.5 | \"most\":null | episode: blamed.most: expected a number, found null",
      })
  void namesTheFieldThatIsNotAsItMustBe(String field, String wrong, String message) {
    String json = new String(EpisodeJson.encode(Events.episode()), UTF_8);

    assertThatThrownBy(() -> EpisodeJson.decode(json.replace(field, wrong).getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
