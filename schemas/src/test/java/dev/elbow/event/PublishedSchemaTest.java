package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schemas and the golden files hold the code, and each other, to the format. */
class PublishedSchemaTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final byte[] PUMP_7 = "pump-7".getBytes(UTF_8);

  @Test
  void encodesObservationAsInGoldenFile() throws IOException {
    String json = new String(ObservationJson.encodeValue(Events.observation()), UTF_8);

    assertThat(json).isEqualTo(golden("observation"));
    assertThat(violations("observation", json)).isEmpty();
  }

  @Test
  void encodesAcknowledgementAsInGoldenFileAndReadsItBack() throws IOException {
    Acknowledgement acknowledgement = Events.acknowledgement();
    byte[] json = AcknowledgementJson.encodeValue(acknowledgement);

    assertThat(new String(json, UTF_8)).isEqualTo(golden("acknowledgement"));
    assertThat(violations("acknowledgement", golden("acknowledgement"))).isEmpty();
    assertThat(
            AcknowledgementJson.decode(
                AcknowledgementJson.encodeKey(acknowledgement), json, Instant.EPOCH))
        .isEqualTo(new DecodedAcknowledgement.Valid(acknowledgement));
  }

  @Test
  void encodesActivationAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = ActivationJson.encode(Events.activation());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("activation"));
    assertThat(violations("activation", golden("activation"))).isEmpty();
    assertThat(ActivationJson.decode(json)).isEqualTo(Events.activation());
  }

  @Test
  void encodesEndOfAnActivationByNull() throws IOException {
    Activation end = new Activation(Optional.empty(), Activation.ALWAYS, EntityGroup.ALL);
    byte[] json = ActivationJson.encode(end);

    assertThat(new String(json, UTF_8)).contains("\"bundle\":null", "\"entities\":\"*\"");
    assertThat(violations("activation", new String(json, UTF_8))).isEmpty();
    assertThat(ActivationJson.decode(json)).isEqualTo(end);
  }

  @Test
  void encodesAnomalyAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = AnomalyJson.encode(Events.anomaly());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("anomaly"));
    assertThat(violations("anomaly", golden("anomaly"))).isEmpty();
    assertThat(AnomalyJson.decode(json)).isEqualTo(Events.anomaly());
    assertThat(AnomalyEventJson.decode(json)).isEqualTo(Events.anomaly());
  }

  @Test
  void encodesStuckSensorAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = AnomalyEventJson.encode(Events.stuckSensor());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("stuck-sensor"));
    assertThat(violations("stuck-sensor", golden("stuck-sensor"))).isEmpty();
    assertThat(AnomalyEventJson.decode(json)).isEqualTo(Events.stuckSensor());
  }

  @Test
  void encodesSilenceAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = AnomalyEventJson.encode(Events.silence());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("silence"));
    assertThat(violations("silence", golden("silence"))).isEmpty();
    assertThat(AnomalyEventJson.decode(json)).isEqualTo(Events.silence());
  }

  @Test
  void encodesEndOfSilenceWithItsOwnStatus() throws IOException {
    Silence begun = Events.silence();
    Silence ended =
        new Silence(
            begun.id(),
            begun.entity(),
            Silence.Status.HEARD_AGAIN,
            begun.timestamp(),
            begun.lastHeard(),
            begun.usualStep(),
            begun.source());

    byte[] json = AnomalyEventJson.encode(ended);

    assertThat(new String(json, UTF_8)).endsWith("\"status\":\"heard-again\"}");
    assertThat(violations("silence", new String(json, UTF_8))).isEmpty();
    assertThat(AnomalyEventJson.decode(json)).isEqualTo(ended);
  }

  @Test
  void encodesScoreAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = ScoreEventJson.encode(Events.score());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("score"));
    assertThat(violations("score", golden("score"))).isEmpty();
    assertThat(ScoreEventJson.decode(json)).isEqualTo(Events.score());
  }

  @Test
  void describesScoresOfAReplayAsSuch() throws IOException {
    String score = new String(ScoreEventJson.encodeReplay(Events.score()), UTF_8);
    String warmingUp = new String(WarmingUpJson.encodeReplay(Events.warmingUp()), UTF_8);

    assertThat(List.of(score, warmingUp))
        .allSatisfy(json -> assertThat(json).endsWith(",\"replay\":true}"));
    assertThat(violations("score", score)).isEmpty();
    assertThat(violations("warming-up", warmingUp)).isEmpty();
  }

  @Test
  void encodesWarmingUpAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = WarmingUpJson.encode(Events.warmingUp());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("warming-up"));
    assertThat(violations("warming-up", golden("warming-up"))).isEmpty();
    assertThat(WarmingUpJson.decode(json)).isEqualTo(Events.warmingUp());
  }

  @Test
  void encodesEpisodeAsInGoldenFileAndReadsItBack() throws IOException {
    byte[] json = EpisodeJson.encode(Events.episode());

    assertThat(new String(json, UTF_8)).isEqualTo(golden("episode"));
    assertThat(violations("episode", golden("episode"))).isEmpty();
    assertThat(EpisodeJson.decode(json)).isEqualTo(Events.episode());
  }

  @Test
  void encodesEndOfEpisodeAsInGoldenFileAndReadsItBack() throws IOException {
    Episode ended = Events.ended(Episode.Reason.NORMAL);
    byte[] json = EpisodeJson.encode(ended);

    assertThat(new String(json, UTF_8)).isEqualTo(golden("episode-ended"));
    assertThat(violations("episode", golden("episode-ended"))).isEmpty();
    assertThat(EpisodeJson.decode(json)).isEqualTo(ended);
  }

  @ParameterizedTest
  @EnumSource(Episode.Reason.class)
  void schemaOfEpisodesKnowsEveryReason(Episode.Reason reason) throws IOException {
    byte[] json = EpisodeJson.encode(Events.ended(reason));

    assertThat(violations("episode", new String(json, UTF_8))).isEmpty();
    assertThat(EpisodeJson.decode(json).reason()).contains(reason);
  }

  @Test
  void schemaAsksForTheReasonOfAnEpisodeIfAndOnlyIfItHasEnded() throws IOException {
    ObjectNode ended = (ObjectNode) MAPPER.readTree(golden("episode-ended"));
    ObjectNode ongoing = (ObjectNode) MAPPER.readTree(golden("episode"));

    ended.remove("reason");
    ongoing.put("reason", "normal");

    assertThat(violations("episode", ended.toString())).isNotEmpty();
    assertThat(violations("episode", ongoing.toString())).isNotEmpty();
  }

  @Test
  void writesRejectionHeadersAsInGoldenFileAndReadsThemBack() throws IOException {
    String json = MAPPER.writeValueAsString(Events.rejection().headers());

    assertThat(json).isEqualTo(golden("rejection"));
    assertThat(violations("rejection", json)).isEmpty();
    assertThat(Rejection.ofHeaders(Events.rejection().headers())).isEqualTo(Events.rejection());
  }

  @Test
  void namesEveryReasonInTheSchemaOfRejections() throws IOException {
    JsonNode codes = MAPPER.readTree(schemaText("rejection")).at("/properties/elbow.reason/enum");

    assertThat(StreamSupport.stream(codes.spliterator(), false).map(JsonNode::textValue))
        .containsExactlyElementsOf(
            Stream.of(RejectionReason.values()).map(RejectionReason::code).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activation",
        "anomaly",
        "stuck-sensor",
        "silence",
        "score",
        "warming-up",
        "episode",
        "rejection"
      })
  void schemaRefusesAnEventThatLacksAnyRequiredField(String event) throws IOException {
    for (JsonNode required : MAPPER.readTree(schemaText(event)).get("required")) {
      ObjectNode lacking = (ObjectNode) MAPPER.readTree(golden(event));
      lacking.remove(required.textValue());

      assertThat(violations(event, lacking.toString())).as(required.textValue()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"values\":{}}",
        "{\"pressure\":0.38}",
        "{\"pressure\":null,\"timestamp\":1767225600,\"label\":1}",
        "{\"entity\":\"pump-7\",\"timestamp\":\"2026-01-01 00:00:00\",\"flow\":1e3}",
        "{\"values\":{\"pressure\":null},\"site\":\"north\"}",
      })
  void schemaAcceptsTheObservationsThatTheCodecAccepts(String json) throws IOException {
    assertThat(violations("observation", json)).isEmpty();
    assertThat(ObservationJson.decode(null, json.getBytes(UTF_8), Events.TIME))
        .isInstanceOf(Decoded.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"pressure\":\"0.38\"}",
        "{\"values\":3}",
        "{\"values\":{\"pressure\":true}}",
        "{\"values\":{\"pressure\":[1]}}",
        "{\"entity\":7}",
        "{\"entity\":\"\"}",
        "{\"timestamp\":true}",
        "{\"site\":\"north\",\"pressure\":0.38}",
      })
  void schemaRefusesTheObservationsThatTheCodecRefuses(String json) throws IOException {
    assertThat(violations("observation", json)).isNotEmpty();
    assertThat(ObservationJson.decode(null, json.getBytes(UTF_8), Events.TIME))
        .isInstanceOf(Decoded.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"entity\":null,\"timestamp\":null,\"by\":null,\"note\":null}",
        "{\"by\":\"anna\",\"timestamp\":1767225600,\"shift\":{\"name\":\"night\"}}",
      })
  void schemaAcceptsTheAcknowledgementsThatTheCodecAccepts(String json) throws IOException {
    assertThat(violations("acknowledgement", json)).isEmpty();
    assertThat(AcknowledgementJson.decode(PUMP_7, json.getBytes(UTF_8), Events.TIME))
        .isInstanceOf(DecodedAcknowledgement.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"pump-7\"",
        "{\"entity\":7}",
        "{\"by\":[\"anna\"]}",
        "{\"note\":{}}",
        "{\"timestamp\":true}"
      })
  void schemaRefusesTheAcknowledgementsThatTheCodecRefuses(String json) throws IOException {
    assertThat(violations("acknowledgement", json)).isNotEmpty();
    assertThat(AcknowledgementJson.decode(PUMP_7, json.getBytes(UTF_8), Events.TIME))
        .isInstanceOf(DecodedAcknowledgement.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"formatVersion\":2,\"bundle\":null,\"effectiveFrom\":\"2026-03-01T00:00:00Z\",\"entities\":\"*\"}",
        "{\"formatVersion\":1,\"bundle\":\"pump\",\"effectiveFrom\":\"2026-03-01T00:00:00Z\",\"entities\":\"*\"}",
        "{\"formatVersion\":1,\"bundle\":null,\"effectiveFrom\":\"tomorrow\",\"entities\":\"*\"}",
        "{\"formatVersion\":1,\"bundle\":null,\"effectiveFrom\":\"2026-03-01T00:00:00Z\",\"entities\":\"\"}",
        "{\"formatVersion\":1,\"bundle\":null,\"effectiveFrom\":\"2026-03-01T00:00:00Z\",\"entities\":[\"a\"]}",
        "{\"formatVersion\":1,\"effectiveFrom\":\"2026-03-01T00:00:00Z\",\"entities\":\"*\"}"
      })
  void schemaRefusesTheActivationsThatTheCodecRefuses(String json) throws IOException {
    assertThat(violations("activation", json)).isNotEmpty();
    assertThatThrownBy(() -> ActivationJson.decode(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("activation: ");
  }

  private static List<Error> violations(String event, String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaText(event), InputFormat.JSON);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static String schemaText(String event) throws IOException {
    return resource("/dev/elbow/schema/" + event + ".json");
  }

  private static String golden(String event) throws IOException {
    return resource("/dev/elbow/event/" + event + ".golden.json").strip();
  }

  private static String resource(String path) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublishedSchemaTest.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
