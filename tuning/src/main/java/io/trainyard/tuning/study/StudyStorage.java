package io.trainyard.tuning.study;

import java.util.List;

/**
 * Remembers the events of one study. Appending and making durable are two steps, so that several events, of one worker or
 * of many, can become durable together. Events become durable in the order in which they were appended, without gaps.
 * Implementations are safe for use by several threads.
 */
public interface StudyStorage {

    /** Everything that is durable, in order. Changes nothing. */
    List<StudyEvent> events();

    /**
     * Makes the caller the study's only writer: after this, whatever another driver appends fails.
     *
     * @param owner is made durable before this returns
     * @return all events before {@code owner}
     */
    List<StudyEvent> takeOver(StudyEvent.Owned owner);

    /**
     * Takes an event in, without waiting for it to be durable.
     *
     * @return its position, for {@link #sync}
     * @throws StudyException when another driver has taken over
     * @throws IllegalStateException before {@link #takeOver}
     */
    long append(StudyEvent event);

    /**
     * Waits until every event up to a position is durable.
     *
     * @throws StudyException when another driver has taken over
     * @throws java.io.UncheckedIOException when the storage does not work; the events stay queued for the next call
     */
    void sync(long position);
}
