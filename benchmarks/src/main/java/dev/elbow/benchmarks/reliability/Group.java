package dev.elbow.benchmarks.reliability;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * What the broker knows of the detectors that share an application id.
 *
 * @param admin a client; whoever made it closes it
 * @param name the application id
 * @param observations the topic they read
 * @param protocol by which they are a group
 */
record Group(Admin admin, String name, String observations, String protocol) {

  /** Whether there are so many members and each has something to read. */
  boolean isShared(int members) throws InterruptedException {
    try {
      return protocol.equals("streams") ? streams(members) : classic(members);
    } catch (ExecutionException e) {
      return notYet(e);
    }
  }

  private boolean classic(int members) throws InterruptedException, ExecutionException {
    var group = admin.describeConsumerGroups(List.of(name)).all().get().get(name);
    return group != null
        && group.members().size() == members
        && group.members().stream()
            .noneMatch(member -> member.assignment().topicPartitions().isEmpty());
  }

  private boolean streams(int members) throws InterruptedException, ExecutionException {
    var group = admin.describeStreamsGroups(List.of(name)).all().get().get(name);
    return group != null
        && group.members().size() == members
        && group.members().stream()
            .noneMatch(member -> member.assignment().activeTasks().isEmpty());
  }

  /** Whether everything before these offsets, by partition, has been committed as dealt with. */
  boolean hasCommitted(long[] ends) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get();
      for (int p = 0; p < ends.length; p++) {
        OffsetAndMetadata offset = committed.get(new TopicPartition(observations, p));
        if (ends[p] > 0 && (offset == null || offset.offset() < ends[p])) {
          return false;
        }
      }
      return true;
    } catch (ExecutionException e) {
      return notYet(e);
    }
  }

  private boolean notYet(ExecutionException e) {
    if (e.getCause() instanceof RetriableException) {
      return false;
    }
    throw new IllegalStateException("group " + name + " cannot be asked about: " + e, e);
  }
}
