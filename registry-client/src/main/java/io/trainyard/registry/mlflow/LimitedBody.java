package io.trainyard.registry.mlflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Takes a body of at most so many bytes, and breaks the connection at one more. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final OutputStream sink;
    private final Supplier<byte[]> content;
    private final long limit;
    private long left;
    private Flow.Subscription subscription;

    private LimitedBody(OutputStream sink, Supplier<byte[]> content, long limit) {
        this.sink = sink;
        this.content = content;
        this.limit = limit;
        left = limit;
    }

    /** Yields the body. */
    static LimitedBody inMemory(long limit) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new LimitedBody(bytes, bytes::toByteArray, limit);
    }

    /** Writes the body into {@code sink}, closes that, and yields nothing. */
    static LimitedBody into(OutputStream sink, long limit) {
        return new LimitedBody(sink, () -> new byte[0], limit);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                write(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            onError(e);
        }
    }

    @Override
    public void onError(Throwable problem) {
        try {
            sink.close();
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        result.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        try {
            sink.close();
            result.complete(content.get());
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        left -= bytes.length;
        if (left < 0) {
            throw new TooLargeException(limit);
        }
        sink.write(bytes);
    }

    /** The body is larger than its limit. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLargeException(long limit) {
            super("it is larger than %d bytes".formatted(limit));
        }
    }
}
