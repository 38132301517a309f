package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.report.MonitorPage;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.MonitorJob;
import java.io.IOException;
import java.util.Optional;

/**
 * What the monitor saw, and who is to know of it.
 *
 * @param page where the page about it is
 */
record MonitorRun(JobContext context, MonitorJob.Result result, String page) {
    /** @param model as the job takes it */
    static MonitorRun of(JobContext context, Optional<String> model) throws IOException {
        MonitorJob job = new MonitorJob(context);
        MonitorJob.Result result = job.run(model);
        String page = job.publish(result.version().model(), MonitorPage.html(result.report()));
        return new MonitorRun(context, result, page);
    }

    /**
     * Tells those who are elsewhere, last of all: what was seen stands, whether they can be reached or not.
     *
     * @throws io.trainyard.jobs.notice.NoticeException if somebody could not be told
     */
    void tell() throws InterruptedException {
        new MonitorNotices(context, result.report()).send();
    }

    ObjectNode json() {
        return MonitorJson.of(result).put("page", page);
    }
}
