package io.trainyard.jobs.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Takes connections in clear for a mail server that knows no STARTTLS, makes them ones of TLS when asked to, and passes on all that follows. */
final class StartTlsFront implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLContext context;
    private final int behind;

    /** @param behind the server's port on this machine */
    StartTlsFront(SSLContext context, int behind) throws IOException {
        this.context = context;
        this.behind = behind;
        threads.execute(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            BufferedReader words =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, line(server.getInputStream()));
            words.readLine(); // EHLO
            say(client, "250-front\r\n250 STARTTLS");
            if (!"STARTTLS".equals(words.readLine())) {
                return;
            }
            say(client, "220 begin");
            SSLSocket secret =
                    (SSLSocket) context.getSocketFactory().createSocket(client, "localhost", client.getPort(), true);
            secret.setUseClientMode(false);
            threads.execute(() -> pass(server, secret));
            pass(secret, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException closed) {
            return; // by the other side
        }
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = stream.read(); read != '\n'; read = stream.read()) {
            line.append((char) read);
        }
        return line.toString().strip();
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
