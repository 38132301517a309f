package io.trainyard.jobs.demo;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Where the terminals are. They are kept by square, so that a customer looks at its neighbourhood and not at all of a
 * million terminals.
 */
final class TerminalMap {

    /** Side of the map; a place is uniform on it. */
    static final double SIDE = 100;

    private static final int MOST_SQUARES_A_SIDE = 500;

    private final double radius;
    private final double[] x;
    private final double[] y;
    private final int squares;
    private final int[][] terminalsOfSquare;

    TerminalMap(DemoSettings settings) {
        radius = settings.radius();
        x = new double[settings.terminals()];
        y = new double[settings.terminals()];
        RandomGenerator random = RandomStream.TERMINAL_PLACES.of(settings.seed(), 0);
        for (int terminal = 0; terminal < x.length; terminal++) {
            x[terminal] = random.nextDouble(SIDE);
            y[terminal] = random.nextDouble(SIDE);
        }
        squares = (int) Math.max(1, Math.min(MOST_SQUARES_A_SIDE, SIDE / radius));
        terminalsOfSquare = bySquare();
    }

    /** The terminals nearer than the radius, in ascending order. */
    int[] near(double placeX, double placeY) {
        return around(placeY)
                .flatMap(row ->
                        around(placeX).flatMap(column -> IntStream.of(terminalsOfSquare[row * squares + column])))
                .filter(terminal -> Math.hypot(x[terminal] - placeX, y[terminal] - placeY) < radius)
                .sorted()
                .toArray();
    }

    private IntStream around(double coordinate) {
        return IntStream.rangeClosed(
                Math.max(0, square(coordinate - radius)), Math.min(squares - 1, square(coordinate + radius)));
    }

    private int square(double coordinate) {
        return (int) Math.floor(coordinate / SIDE * squares);
    }

    private int[][] bySquare() {
        int[] count = new int[squares * squares];
        for (int terminal = 0; terminal < x.length; terminal++) {
            count[squareOf(terminal)]++;
        }
        int[][] terminals = IntStream.of(count).mapToObj(int[]::new).toArray(int[][]::new);
        for (int terminal = 0; terminal < x.length; terminal++) {
            int square = squareOf(terminal);
            terminals[square][--count[square]] = terminal;
        }
        return terminals;
    }

    private int squareOf(int terminal) {
        return square(y[terminal]) * squares + square(x[terminal]);
    }
}
