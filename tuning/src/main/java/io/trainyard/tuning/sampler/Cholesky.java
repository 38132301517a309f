package io.trainyard.tuning.sampler;

import java.util.Arrays;

/** The factor L of a symmetric positive definite matrix A = L Lᵀ, row by row, and what a Gaussian process needs of it. */
final class Cholesky {

    private final double[][] factor;

    private Cholesky(double[][] factor) {
        this.factor = factor;
    }

    /**
     * @param matrix its lower triangle is read and overwritten
     * @throws ArithmeticException when the matrix is not positive definite
     */
    static Cholesky of(double[][] matrix) {
        for (int row = 0; row < matrix.length; row++) {
            double[] current = matrix[row];
            for (int column = 0; column < row; column++) {
                double[] other = matrix[column];
                current[column] = (current[column] - dot(current, other, column)) / other[column];
            }
            double square = current[row] - dot(current, current, row);
            if (!(square > 0)) {
                throw new ArithmeticException("not positive definite in row " + row);
            }
            current[row] = Math.sqrt(square);
        }
        return new Cholesky(matrix);
    }

    /** The logarithm of A's determinant. */
    double logDeterminant() {
        double sum = 0;
        for (int row = 0; row < factor.length; row++) {
            sum += StrictMath.log(factor[row][row]);
        }
        return 2 * sum;
    }

    /** L⁻¹ b. */
    double[] solveLower(double[] b) {
        double[] x = new double[b.length];
        for (int row = 0; row < b.length; row++) {
            x[row] = (b[row] - dot(factor[row], x, row)) / factor[row][row];
        }
        return x;
    }

    /** A⁻¹ b. */
    double[] solve(double[] b) {
        double[] x = solveLower(b);
        for (int row = b.length - 1; row >= 0; row--) {
            x[row] /= factor[row][row];
            double value = x[row];
            double[] current = factor[row];
            for (int column = 0; column < row; column++) {
                x[column] -= current[column] * value;
            }
        }
        return x;
    }

    /** A⁻¹, both triangles. */
    double[][] inverse() {
        int size = factor.length;
        double[][] lower = lowerInverse();
        double[][] inverse = new double[size][size];
        for (int k = 0; k < size; k++) {
            double[] row = lower[k];
            for (int i = 0; i <= k; i++) {
                double value = row[i];
                double[] target = inverse[i];
                for (int j = 0; j <= i; j++) {
                    target[j] += value * row[j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                inverse[j][i] = inverse[i][j];
            }
        }
        return inverse;
    }

    /** L⁻¹, row by row. */
    private double[][] lowerInverse() {
        int size = factor.length;
        double[][] inverse = new double[size][];
        for (int row = 0; row < size; row++) {
            double[] current = new double[row + 1];
            for (int k = 0; k < row; k++) {
                double value = factor[row][k];
                double[] above = inverse[k];
                for (int column = 0; column <= k; column++) {
                    current[column] -= value * above[column];
                }
            }
            double scale = 1 / factor[row][row];
            for (int column = 0; column < row; column++) {
                current[column] *= scale;
            }
            current[row] = scale;
            inverse[row] = current;
        }
        return inverse;
    }

    /** A copy of L with one row and column more. */
    Cholesky extended(double[] covariances, double variance) {
        int size = factor.length;
        double[] row = Arrays.copyOf(solveLower(covariances), size + 1);
        double square = variance - dot(row, row, size);
        if (!(square > 0)) {
            throw new ArithmeticException("not positive definite in row " + size);
        }
        row[size] = Math.sqrt(square);
        double[][] extended = Arrays.copyOf(factor, size + 1);
        extended[size] = row;
        return new Cholesky(extended);
    }

    /** The scalar product of the first elements: four sums side by side, which the processor adds at once; their order is part of the result. */
    static double dot(double[] a, double[] b, int length) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) {
            first += a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }
}
