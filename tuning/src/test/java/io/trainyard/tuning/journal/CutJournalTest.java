package io.trainyard.tuning.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Trial;
import io.trainyard.tuning.study.Verification;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver that dies while it writes, on a file system that shows a file before it is whole. */
class CutJournalTest {

    private static final int TRIALS = 14;
    private static final StudyDefinition DEFINITION = new StudyDefinition(
            "cut", SearchSpace.of(FloatParameter.uniform("x", 0, 1)), Direction.MINIMIZE, 5, Budget.ofTrials(TRIALS));
    /** Depends on all outcomes, as it must to show that none was forgotten, and costs nothing. */
    private static final Sampler SAMPLER = (problem, history, number) -> {
        double sum = history.finished().stream()
                .mapToDouble(trial -> (trial.number() + 1) * trial.value().getAsDouble())
                .sum();
        return Params.of(Map.of("x", (0.1 + 7 * sum) % 1));
    };
    /** Of the owner, of the first ask, and of each of 12 tells with the next ask; the last of them is cut. */
    private static final int SEGMENTS = 14;

    private TroubledSegments segments;
    private List<StudyEvent> beforeLast;

    @BeforeEach
    void runUntilTheLastWrite() throws Exception {
        segments = new TroubledSegments();
        Study study = open("killed");
        Trial trial = study.next().orElseThrow();
        for (int told = 0; told < 12; told++) {
            beforeLast = journal("reader").events();
            trial = study.tellAndNext(trial.number(), outcome(trial)).orElseThrow();
        }
    }

    @Test
    void cutAtEveryByteItIsReadUpToTheWriteBeforeAndSaysSo() throws Exception {
        byte[] last = last();
        for (int length = 0; length < last.length; length++) {
            segments.overwrite(SegmentFiles.name(SEGMENTS), Arrays.copyOf(last, length));
            JournalStorage reader = journal("reader");

            assertThat(reader.events()).as("cut to %d bytes", length).isEqualTo(beforeLast);
            assertThat(reader.lost())
                    .containsExactly(
                            "segment 00000014.jsonl does not count: it is cut off after %d bytes".formatted(length));
        }
    }

    /** What the next driver writes comes after the cut segment, which stays where it is: the storage has no way to remove it. */
    @Test
    void cutAtEveryByteTheStudyGoesOnAsIfThatWriteHadNeverBeen() throws Exception {
        byte[] last = last();
        List<Trial> uninterrupted = finish(open("uninterrupted"));
        for (int length = 0; length < last.length; length++) {
            runUntilTheLastWrite();
            segments.overwrite(SegmentFiles.name(SEGMENTS), Arrays.copyOf(last, length));
            List<Trial> resumed = finish(open("next"));
            JournalStorage reader = journal("reader");

            assertThat(resumed)
                    .as("cut to %d bytes", length)
                    .extracting(Trial::params)
                    .isEqualTo(uninterrupted.stream().map(Trial::params).toList());
            assertThat(History.replay(reader.events()).finished()).isEqualTo(resumed);
            assertThat(reader.lost()).hasSize(1);
            assertThat(Verification.of(DEFINITION, SAMPLER, reader.events()))
                    .isEqualTo(new Verification(TRIALS, List.of()));
        }
    }

    @Test
    void aClaimThatIsCutAsWellIsVoidToo() throws Exception {
        cut(SEGMENTS);
        open("dies at once");
        cut(SEGMENTS + 1);
        finish(open("next"));

        assertThat(journal("reader").lost()).hasSize(2);
        assertThat(History.replay(journal("reader").events()).finished()).hasSize(TRIALS);
    }

    /** A slow driver is not a dead one: it ends its write after another took over, is stopped, and what it wrote does not count. */
    @Test
    void aWriteThatEndsAfterAnotherDriverTookOverDoesNotCount() throws Exception {
        byte[] whole = last();
        cut(SEGMENTS);
        Study next = open("next");
        segments.overwrite(SegmentFiles.name(SEGMENTS), whole);
        finish(next);

        assertThat(journal("reader").lost())
                .containsExactly(
                        "segment 00000014.jsonl does not count: another driver had taken over when it was written");
        assertThat(History.replay(journal("reader").events()).finished()).hasSize(TRIALS);
    }

    /** Of three drivers, the second saw the first's last write cut, and the third saw it whole but the second's claim cut. */
    @Test
    void aClaimThatDoesNotCountDeclaresNothingVoid() throws Exception {
        byte[] whole = last();
        cut(SEGMENTS);
        open("second");
        byte[] claim = segments.read(SegmentFiles.name(SEGMENTS + 1));
        segments.overwrite(SegmentFiles.name(SEGMENTS), whole);
        cut(SEGMENTS + 1);
        List<Trial> finished = finish(open("third"));
        segments.overwrite(SegmentFiles.name(SEGMENTS + 1), claim);

        assertThat(History.replay(journal("reader").events()).finished()).isEqualTo(finished);
        assertThat(journal("reader").lost())
                .containsExactly(
                        "segment 00000015.jsonl does not count: another driver had taken over when it was written");
    }

    @Test
    void aSegmentThatIsCutAfterOthersFollowedIsDamage() throws Exception {
        cut(SEGMENTS - 1);

        assertThatThrownBy(() -> journal("reader").events())
                .hasMessageContaining("segment 00000013.jsonl is damaged: it is cut off after 9 bytes. Restore it");
    }

    private void cut(int number) throws Exception {
        segments.overwrite(SegmentFiles.name(number), Arrays.copyOf(segments.read(SegmentFiles.name(number)), 9));
    }

    private byte[] last() throws Exception {
        assertThat(segments.list()).hasSize(SEGMENTS);
        return segments.read(SegmentFiles.name(SEGMENTS));
    }

    private JournalStorage journal(String driver) {
        return new JournalStorage(segments, driver);
    }

    private Study open(String driver) {
        return Study.open(DEFINITION, journal(driver), SAMPLER, Clock.systemUTC());
    }

    private static List<Trial> finish(Study study) throws InterruptedException {
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            trial = study.tellAndNext(trial.get().number(), outcome(trial.get()));
        }
        return study.history().finished();
    }

    private static Outcome outcome(Trial trial) {
        return new Outcome.Complete(Math.abs(trial.params().number("x") - 0.3));
    }
}
