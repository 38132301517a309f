package io.trainyard.tuning.journal;

/** Without troubles it is a store like any other. */
class TroubledSegmentsTest extends SegmentStoreContract {

    @Override
    protected SegmentStore store() {
        return new TroubledSegments();
    }
}
