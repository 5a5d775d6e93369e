package dev.elbow.scoring;

import dev.elbow.bundle.Member;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import java.util.ArrayList;
import java.util.List;

/** The networks of all members of a bundle, opened and closed together. */
final class OnnxMembers implements AutoCloseable {

  private final ModelBundle bundle;
  private final List<OnnxModel> models = new ArrayList<>();

  private OnnxMembers(ModelBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * @throws dev.elbow.input.InvalidInputException if a network is not what the manifest says, or
   *     ONNX Runtime cannot be loaded or refuses it
   */
  static OnnxMembers open(ModelBundle bundle) {
    OnnxMembers members = new OnnxMembers(bundle);
    try {
      for (int m = 0; m < bundle.members().size(); m++) {
        members.models.add(OnnxModel.open(bundle, m));
      }
      return members;
    } catch (RuntimeException | Error e) { // also if memory runs out: the sessions are native
      members.close();
      throw e;
    }
  }

  /** The score they give. */
  MeanNegativeElbo negativeElbo() {
    List<NegativeElbo> scores = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      Member member = bundle.members().get(m);
      scores.add(new NegativeElbo(models.get(m), member.prior(), bundle.draws()));
    }
    return bundle.frontEnd().negativeElbo(scores, bundle.mixture());
  }

  @Override
  public void close() {
    models.forEach(OnnxModel::close);
  }
}
