package io.trainyard.tuning.study;

class MemoryStorageTest extends StudyStorageContract {

    @Override
    protected StudyStorage storage() {
        return new MemoryStorage();
    }
}
